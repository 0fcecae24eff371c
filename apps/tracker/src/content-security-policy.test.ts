import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { policyFor } from './content-security-policy'

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

describe('the policy of a page', () => {
  it('lets in each inline script by its hash, once, to the letter', () => {
    const html = `<script>\n a = "<b>" </script><script id="x" async="">go('é')</script><script>go('é')</script>`
    expect(policyFor(html)['script-src']).toEqual([
      "'self'",
      "'wasm-unsafe-eval'",
      hash('\n a = "<b>" '),
      hash("go('é')"),
    ])
  })

  it('takes no hash of a script with a source', () => {
    expect(policyFor('<script src="/a.js" async=""></script>')).toEqual(policyFor(''))
  })

  it('lets in inline styles and style attributes by their hashes', () => {
    const policy = policyFor(
      `<style>p{color:red}</style><p class="a" style="font-family:&quot;A &amp; B&quot;">style="no"</p>`,
    )
    expect(policy['style-src']).toEqual(["'self'", hash('p{color:red}')])
    expect(policy['style-src-attr']).toEqual(["'unsafe-hashes'", hash('font-family:"A & B"')])
  })

  it('takes no markup that stands inside a script for a style', () => {
    expect(policyFor(`<script>x = '<p style="color:red">'</script>`)['style-src-attr']).toBeUndefined()
  })

  it('allows nothing inline in general, and nothing from elsewhere', () => {
    const { 'trusted-types': _names, ...loaded } = policyFor('<p>')
    const sources = Object.values(loaded).flat()
    expect(sources).not.toContain("'unsafe-inline'")
    expect(sources).not.toContain("'unsafe-eval'")
    expect(sources.filter((source) => !source.startsWith("'")).toSorted()).toEqual(['blob:', 'blob:', 'blob:', 'data:'])
  })

  it('takes text for HTML or a script in no page, but by the policies that the build brings', () => {
    expect(policyFor('<p>')).toMatchObject({
      'require-trusted-types-for': ["'script'"],
      'trusted-types': ['default', 'nextjs'],
    })
    expect(policyFor()).not.toHaveProperty('require-trusted-types-for')
  })

  it('sends nobody from http to https', () => {
    expect(policyFor()).not.toHaveProperty('upgrade-insecure-requests')
  })
})
