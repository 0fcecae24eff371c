// What a browser can show of a file, by its name. Pure; a wrong name costs no more than an empty player.

export type PreviewKind = 'text' | 'image' | 'audio' | 'video'

const KINDS: Record<PreviewKind, Record<string, string>> = {
  text: Object.fromEntries(
    ['txt', 'md', 'csv', 'tsv', 'json', 'log', 'xml', 'srt', 'tex', 'py'].map((extension) => [extension, 'text/plain']),
  ),
  image: {
    avif: 'image/avif',
    gif: 'image/gif',
    jpeg: 'image/jpeg',
    jpg: 'image/jpeg',
    png: 'image/png',
    webp: 'image/webp',
  },
  audio: {
    flac: 'audio/flac',
    m4a: 'audio/mp4',
    mp3: 'audio/mpeg',
    oga: 'audio/ogg',
    ogg: 'audio/ogg',
    opus: 'audio/ogg',
    wav: 'audio/wav',
  },
  video: { m4v: 'video/mp4', mov: 'video/quicktime', mp4: 'video/mp4', ogv: 'video/ogg', webm: 'video/webm' },
}

export function previewOf(name: string): { kind: PreviewKind; type: string } | undefined {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  for (const kind of Object.keys(KINDS) as PreviewKind[]) {
    const type = Object.hasOwn(KINDS[kind], extension) ? KINDS[kind][extension] : undefined
    if (type !== undefined) return { kind, type }
  }
  return undefined
}
