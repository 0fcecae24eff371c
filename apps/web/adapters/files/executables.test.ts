import { expect, it } from 'vitest'
import { executablesAmong } from './executables'

const file = (path: string, ...bytes: (string | Uint8Array<ArrayBuffer>)[]) => ({ path, file: new Blob(bytes) })
const looked = async (...files: ReturnType<typeof file>[]) => {
  const found = await executablesAmong(files, new AbortController().signal)
  return files.flatMap(({ path }, index) => (found.has(index) ? [path] : []))
}

it('takes scripts and programs for executable by their first bytes', async () => {
  const elf = Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2)
  const among = [
    file('bin/run', '#!/bin/sh\n'),
    file('setup.py', '#!/usr/bin/env python3'),
    file('Tool.AppImage', elf),
    file('.hooks/pre-commit', '#!/bin/sh'),
  ]
  expect(await looked(...among)).toEqual(among.map(({ path }) => path))
})

it('leaves alone what begins otherwise, or is not started by its name', async () => {
  const among = [file('LICENSE', 'MIT'), file('module.py', 'import os'), file('notes.txt', '#!/bin/sh'), file('empty')]
  expect(await looked(...among, file('short', '#'))).toEqual([])
})

it('says no of what cannot be read, and stops when it is told to', async () => {
  const gone = new Blob(['#!'])
  const arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotFoundError'))
  gone.slice = () => Object.assign(new Blob(), { arrayBuffer })
  expect(await looked({ path: 'a', file: gone })).toEqual([])
  expect(await executablesAmong([file('a', '#!')], AbortSignal.abort())).toEqual(new Set())
})
