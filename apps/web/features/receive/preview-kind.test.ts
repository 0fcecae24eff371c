import { expect, it } from 'vitest'
import { previewOf } from './preview-kind'

it('knows by the last extension what can be shown, in any case of letters', () => {
  expect(previewOf('Holiday.Film.MP4')).toEqual({ kind: 'video', type: 'video/mp4' })
  expect(previewOf('a/b/cover.jpeg')).toEqual({ kind: 'image', type: 'image/jpeg' })
  expect(previewOf('song.wav')?.kind).toBe('audio')
  expect(previewOf('notes.txt')?.kind).toBe('text')
})

it('shows nothing that could run, nor what it does not know', () => {
  for (const name of ['page.html', 'drawing.svg', 'archive.zip', 'mp4', 'x.constructor', 'x.']) {
    expect(previewOf(name), name).toBeUndefined()
  }
})
