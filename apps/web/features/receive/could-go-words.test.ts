import { expect, it } from 'vitest'
import { couldGoWords } from './could-go-words'

const copy = (name: string) => ({ name, bytes: 2e9 })

it('names the copies that would make room, and what to look for before they go', () => {
  expect(couldGoWords([copy('a.bin')])).toMatch(
    /^“a.bin” \(2\.00.GB\) was handed to your browser, and a copy is still kept here\. If it is among your downloads/,
  )
  expect(couldGoWords(['a', 'b'].map(copy))).toMatch(/^“a” and “b” \(4\.00.GB in all\) were .* If they are among/)
  expect(couldGoWords(['a', 'b', 'c', 'd'].map(copy))).toMatch(/^“a”, “b” and 2 more \(8\.00.GB in all\) were/)
})
