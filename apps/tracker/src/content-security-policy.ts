// Decides what an exported page may load and run: its own files, and exactly the inline code it was built with.
import { createHash } from 'node:crypto'

type Directives = Record<string, string[]>

/**
 * `unsafe-inline` for nothing: what stands in the page is let in by its hash. Without `html`: nothing inline at all. In
 * a page, text becomes neither HTML nor a script's address but by the page's own policy (Trusted Types, where the
 * browser has them); workers load their parts by address, and set no HTML.
 */
export function policyFor(html?: string): Directives {
  if (html === undefined) return directivesFor('')
  return { ...directivesFor(html), 'require-trusted-types-for': ["'script'"], 'trusted-types': ['default', 'nextjs'] }
}

function directivesFor(html: string): Directives {
  const styleAttributes = hashesOf(inlineStyleAttributes(html))
  return {
    'default-src': ["'none'"],
    // hash-wasm proves the bytes where there is no WebCrypto.
    'script-src': ["'self'", "'wasm-unsafe-eval'", ...hashesOf(inlineElements(html, 'script'))],
    'style-src': ["'self'", ...hashesOf(inlineElements(html, 'style'))],
    ...(styleAttributes.length > 0 ? { 'style-src-attr': ["'unsafe-hashes'", ...styleAttributes] } : {}),
    'worker-src': ["'self'", 'blob:'],
    'connect-src': ["'self'"],
    'img-src': ["'self'", 'blob:', 'data:'],
    'media-src': ["'self'", 'blob:'],
    'font-src': ["'self'"],
    'manifest-src': ["'self'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
    'form-action': ["'none'"],
  }
}

const hashesOf = (texts: string[]) =>
  [...new Set(texts)].map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)

/** The text between the tags, to the letter. Good for the HTML that a build writes, not for just any. */
function inlineElements(html: string, tag: 'script' | 'style'): string[] {
  const elements = html.matchAll(new RegExp(`<${tag}((?:\\s[^>]*)?)>([\\s\\S]*?)</${tag}>`, 'gi'))
  return [...elements].flatMap(([, attributes = '', text = '']) => (/\ssrc=/i.test(attributes) ? [] : [text]))
}

function inlineStyleAttributes(html: string): string[] {
  const markup = html.replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, '')
  const attributes = markup.matchAll(/<[a-z][^<>]*?\sstyle="([^"]*)"/gi)
  return [...attributes].map(([, value = '']) =>
    value.replace(/&(quot|#x27|lt|gt|amp);/g, (entity) => entities[entity] ?? ''),
  )
}

// Those that React writes into an attribute.
const entities: Record<string, string> = { '&quot;': '"', '&#x27;': "'", '&lt;': '<', '&gt;': '>', '&amp;': '&' }
