// A file is looked at while it comes, on a plain HTTP origin too: its start is asked for first.
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { crc32, deflateSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { MIB } from '../tooling/files'
import { expect, test } from './support/lan'
import { openLink, press, setLimit, share, snapshot } from './support/people'

/** Expects that so much is still missing that the preview cannot have waited for it. */
async function expectHalfMissing(receiver: Page): Promise<void> {
  const { chunksHeld, chunkCount } = await snapshot(receiver)
  expect(chunksHeld).toBeLessThan(chunkCount / 2)
}

test('a text is read, a picture shows from its top, a sound and a film play while they come', async ({
  page,
  newPerson,
  lan,
}, testInfo) => {
  // Four of them: a quarter of a minute, on a very busy machine six times that.
  test.slow()
  const receiver = await (await newPerson()).newPage()
  const preview = receiver.getByTestId('preview')
  const secondsPlayed = (element: 'audio' | 'video') => () =>
    receiver.locator(element).evaluate((media: HTMLMediaElement) => media.currentTime)

  /** Shares it and looks at it before Download is pressed, over a slow line. */
  async function look(name: string, bytes: string | Buffer): Promise<void> {
    const path = testInfo.outputPath(name)
    writeFileSync(path, bytes)
    await openLink(receiver, await share(page, path, 'file', lan))
    await setLimit(receiver, 'download', '400')
    await press(receiver, 'look')
  }

  await test.step('a text, markup as it is written', async () => {
    await look('story.txt', `<b>Once</b> upon a time${' there was'.repeat(MIB / 2)}`)
    await expect(preview.getByText('<b>Once</b> upon a time there was')).toBeVisible()
    await expectHalfMissing(receiver)
  })
  await test.step('a picture', async () => {
    await look('poster.png', noisePicture(1_200))
    const picture = preview.getByRole('img', { name: 'poster.png' })
    await expect(picture).toBeVisible()
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1_200)
    await expectHalfMissing(receiver)
  })
  await test.step('a sound', async () => {
    await look('song.wav', wav(6 * MIB))
    await expect.poll(secondsPlayed('audio')).toBeGreaterThan(0.3)
    await expectHalfMissing(receiver)
  })
  await test.step('a film', async () => {
    await look('film.webm', lengthened(await filmOf(page, 4_000), 8 * MIB))
    await expect.poll(secondsPlayed('video')).toBeGreaterThan(0.3)
    expect(await receiver.locator('video').evaluate((video: HTMLVideoElement) => video.videoWidth)).toBe(640)
    await expectHalfMissing(receiver)
  })
})

/** The film of so many bytes, however busy the machine: ended by an element that players pass over (WebM's Void). */
function lengthened(film: Buffer, bytes: number): Buffer {
  const head = Buffer.alloc(9)
  head[0] = 0xec
  head.writeBigUInt64BE(BigInt(bytes - film.length - head.length) | (1n << 56n), 1)
  return Buffer.concat([film, head, randomBytes(bytes - film.length - head.length)])
}

/** A film that the browser makes of itself: noise, so that it is large for its length. */
async function filmOf(page: Page, ms: number): Promise<Buffer> {
  const base64 = await page.evaluate(async (duration) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 })
    const context = canvas.getContext('2d') as CanvasRenderingContext2D
    const frame = context.createImageData(640, 360)
    const words = new Uint32Array(frame.data.buffer)
    const draw = () => {
      for (let i = 0; i < words.length; i++) words[i] = (Math.random() * 2 ** 32) | 0xff000000
      context.putImageData(frame, 0, 0)
    }
    const recorder = new MediaRecorder(canvas.captureStream(15), {
      mimeType: 'video/webm;codecs=vp8',
      videoBitsPerSecond: 2e7,
    })
    const parts: Blob[] = []
    recorder.ondataavailable = ({ data }) => parts.push(data)
    const timer = setInterval(draw, 66)
    recorder.start()
    await new Promise((resolve) => setTimeout(resolve, duration))
    clearInterval(timer)
    await new Promise((resolve) => {
      recorder.onstop = resolve
      recorder.stop()
    })
    const reader = new FileReader()
    await new Promise((resolve) => {
      reader.onload = resolve
      reader.readAsDataURL(new Blob(parts))
    })
    return String(reader.result).split(',')[1] ?? ''
  }, ms)
  return Buffer.from(base64, 'base64')
}

/** A square PNG, 8 bits a colour, that does not compress. */
function noisePicture(side: number): Buffer {
  const part = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const out = Buffer.alloc(body.length + 8)
    out.writeUInt32BE(data.length)
    body.copy(out, 4)
    out.writeUInt32BE(crc32(body), body.length + 4)
    return out
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.set([8, 2], 8)
  const rows = Array.from({ length: side }, () => Buffer.concat([Buffer.of(0), randomBytes(3 * side)]))
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  const pixels = deflateSync(Buffer.concat(rows), { level: 1 })
  return Buffer.concat([signature, part('IHDR', head), part('IDAT', pixels), part('IEND', Buffer.alloc(0))])
}

/** Silence, 16 bits, two channels, 44.1 kHz: 1 MiB is 6 s. */
function wav(bytes: number): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF')
  head.writeUInt32LE(36 + bytes, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(2, 22)
  head.writeUInt32LE(44_100, 24)
  head.writeUInt32LE(176_400, 28)
  head.writeUInt16LE(4, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(bytes, 40)
  // Not the same content in every run: no test meets the swarm of another.
  const samples = Buffer.alloc(bytes)
  samples.writeUInt32LE(Date.now() % 1e9, bytes - 4)
  return Buffer.concat([head, samples])
}
