import { describe, expect, it } from 'vitest'
import { kindByName } from './content-kind'

const lone = (name: string) => kindByName({ name, files: [{ path: name }] })

describe('the kind of a content', () => {
  it('is that of its extension, in whatever case, where it is one file', () => {
    expect(['Holiday.MP4', 'a.b.jpeg', 'talk.pdf', 'song.flac', 'code.tar.gz'].map(lone)).toEqual([
      'video',
      'image',
      'text',
      'audio',
      'archive',
    ])
    expect(['noextension', '.env', 'odd.xyz', 'image'].map(lone)).toEqual(['file', 'file', 'file', 'file'])
  })

  it('tells a folder from several files', () => {
    expect(kindByName({ name: 'trip', files: [{ path: 'trip/a.jpg' }, { path: 'trip/b.jpg' }] })).toBe('folder')
    expect(kindByName({ name: 'trip', files: [{ path: 'trip/a.jpg' }] })).toBe('folder')
    expect(kindByName({ name: 'empty', files: [] })).toBe('folder')
    expect(kindByName({ name: '2 files', files: [{ path: 'a.jpg' }, { path: 'b.jpg' }] })).toBe('files')
  })
})
