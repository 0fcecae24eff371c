// The files of a content as those see it who pick, open and save them: paths, where each file lies, and what of it is
// here. Knows nothing of swarms.
export { chunksOfFiles, isWhole } from './file-choice'
export { type FileEntry, fileOffsets, filePieces, fileRange, totalBytesOf } from './file-ranges'
export { byPath, cleanPath, distinctPaths, emptyFolders, pathsProblem } from './paths'
