// Of what kind a content is, by its name. Pure; a wrong name costs no more than a wrong sign.

const EXTENSIONS = {
  image: 'avif bmp gif heic jpeg jpg png raw svg tif tiff webp',
  video: 'avi m4v mkv mov mp4 mpeg mpg ogv webm',
  audio: 'aac aiff flac m4a mid mp3 oga ogg opus wav wma',
  text: 'csv doc docx epub html json key log md odp ods odt pages pdf ppt pptx rtf tex tsv txt xls xlsx xml',
  archive: '7z apk bz2 deb dmg exe gz img iso jar msi pkg rar tar tgz xz zip zst',
} as const

export type ContentKind = 'folder' | 'files' | 'file' | keyof typeof EXTENSIONS

type Named = { name: string; files: readonly { path: string }[] }

/** The kind of a content: of one file by its extension; several are a folder where all are in one. */
export function kindByName({ name, files }: Named): ContentKind {
  const [only, ...others] = files
  if (others.length > 0) return files.every(({ path }) => path.startsWith(`${name}/`)) ? 'folder' : 'files'
  if (only === undefined || only.path !== name) return 'folder'
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  const kinds = Object.keys(EXTENSIONS) as (keyof typeof EXTENSIONS)[]
  return kinds.find((kind) => EXTENSIONS[kind].split(' ').includes(extension)) ?? 'file'
}
