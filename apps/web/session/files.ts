// The door to downloads that pages make themselves: results, experiments, pictures. Knows nothing of what is saved.
export { saveBlob, saveText } from '../adapters/saving/save-blob'
