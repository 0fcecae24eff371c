import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, it } from 'vitest'
import { afterTest, closeAll } from './testing/cleanup'
import { openTracker } from './testing/peers'

afterEach(closeAll)

/** What an app's system sends of a film of a gigabyte, as far as anybody takes it. */
async function share(port: number, path: string): Promise<string> {
  const tcp = connect(port, '127.0.0.1')
  afterTest(() => tcp.destroy())
  const head = `POST ${path} HTTP/1.1\r\nHost: here\r\nContent-Type: multipart/form-data; boundary=b\r\n`
  tcp.write(
    `${head}Content-Length: 1000000000\r\n\r\n--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n`,
  )
  // It waits for the end of the connection, which the server makes.
  return text(tcp)
}

it.each([
  ['', '/share', '/?shared'],
  ['/drop', '/drop/share', '/drop/?shared'],
])(
  'what is shared with the installed page is answered before it has come, and goes nowhere',
  async (basePath, path, to) => {
    const { port } = await openTracker({ basePath })
    const answer = await share(port, path)
    expect(answer).toMatch(/^HTTP\/1\.1 303 /)
    expect(answer).toContain(`\r\nLocation: ${to}\r\n`)
    expect(answer).toContain('\r\nConnection: close\r\n')
  },
)
