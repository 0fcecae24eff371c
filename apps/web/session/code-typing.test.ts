import type { CodeProblem } from '@swarmdrop/peer/code'
import { describe, expect, it } from 'vitest'
import { CodeTyping } from './code-typing'
import { isLikeCode, isWrittenAsCode } from './like-code'

const ID = 'A'.repeat(43)
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

/** `answers`: of the tries, one after another; none: it is waited for. */
function typing(answers: ({ id: string } | { problem: CodeProblem })[] = []) {
  const tried: string[] = []
  const opened: string[] = []
  const left = { tries: 0 }
  let ring: (() => void) | undefined
  const code = new CodeTyping(
    {
      time: {
        now: () => 0,
        after: (_ms, run) => {
          ring = run
          return () => {
            if (ring === run) ring = undefined
          }
        },
      },
      ask: ({ nameplate, words }, signal) => {
        tried.push(`${nameplate}-${words}`)
        signal.addEventListener('abort', () => left.tries++)
        const answer = answers.shift()
        if (answer instanceof Error) return Promise.reject(answer)
        return answer ? Promise.resolve(answer) : new Promise(() => {})
      },
    },
    (id) => opened.push(id),
  )
  return {
    code,
    tried,
    opened,
    left,
    type: (text: string) => {
      code.type(text)
      return code.getSnapshot()
    },
    wait: async () => {
      ring?.()
      await settled()
      return code.getSnapshot()
    },
    enter: async () => {
      code.tryNow()
      await settled()
      return code.getSnapshot()
    },
  }
}

describe('a code that is typed', () => {
  it('is tried once it is whole and nothing is typed on, and its link opens', async () => {
    const { type, wait, tried, opened } = typing([{ id: ID }])
    expect(type('7-gui')).toEqual({ step: 'begun', completions: ['7-guitar'] })
    expect(type('7-guitar-orbit')).toEqual({ step: 'whole' })
    expect(tried).toEqual([])
    await wait()
    expect(tried).toEqual(['7-guitar-orbit'])
    expect(opened).toEqual([ID])
  })

  it('is tried at once when Enter is pressed, and never twice at a time', async () => {
    const { type, enter, wait, tried } = typing()
    type('7-guitar-orbit')
    expect(await enter()).toEqual({ step: 'trying' })
    await enter()
    await wait()
    expect(tried).toHaveLength(1)
  })

  it('is tried again after it has failed, when the person says so', async () => {
    const { type, wait, enter, opened } = typing([{ problem: 'silent' }, { id: ID }])
    type('7-guitar-orbit')
    expect(await wait()).toEqual({ step: 'failed', problem: 'silent' })
    await enter()
    expect(opened).toEqual([ID])
  })

  it('is not tried as it was, once it is typed on or the page is left', async () => {
    const { type, wait, enter, code, tried, left } = typing()
    type('7-guitar-orbit')
    type('7-guitar-orbi')
    await wait()
    expect(tried).toEqual([])
    type('7-guitar-orbit')
    await enter()
    type('7-guitar-moon')
    expect(left.tries).toBe(1)
    await enter()
    code.close()
    expect(left.tries).toBe(2)
  })

  it('is told what is wrong with it, and that it is not whole when Enter is pressed', async () => {
    const { type, enter, tried } = typing()
    expect(type('7-gitar-orbit')).toMatchObject({ step: 'mistake', reason: expect.stringContaining('guitar') })
    type('7-guitar')
    expect(await enter()).toMatchObject({ step: 'mistake', reason: expect.stringContaining('two words') })
    expect(tried).toEqual([])
  })
})

it('a code whose sender says what nobody can read is a failure like others, and can be tried again', async () => {
  const { type, enter, tried } = typing([new Error('no address') as never, { problem: 'silent' }])
  type('7-guitar-orbit')
  expect(await enter()).toEqual({ step: 'failed', problem: 'forged' })
  expect(await enter()).toEqual({ step: 'failed', problem: 'silent' })
  expect(tried).toHaveLength(2)
})

describe('what may be a code', () => {
  it.each(['7', '7-', ' 7-guitar-orbit', '7 Guitar Orbit.', '“7-guitar'])('is “%s”', (text) => {
    expect(isLikeCode(text)).toBe(true)
  })

  it.each([
    '',
    'guitar-orbit',
    '192.168.1.5:3000',
    'http://192.168.1.5:3000/#abc',
    '7#guitar',
    '7/guitar',
    '7'.repeat(43),
    `7-${'a'.repeat(70)}`,
    '2 files of 3 MB',
  ])('is not “%s”', (text) => {
    expect(isLikeCode(text)).toBe(false)
  })

  it('is written as codes are, and not as somebody would write for another reason', () => {
    expect(['7-guitar-orbit', ' 12-Guitar-orbit\n'].every(isWrittenAsCode)).toBe(true)
    expect(['7 guitar orbit', '7-guitar', '3 blind mice', 'see 7-guitar-orbit'].some(isWrittenAsCode)).toBe(false)
  })
})
