// Holds the built web app's pages, each with the policy that fits it. Knows nothing of how they are served.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import { policyFor } from './content-security-policy'

/** `setPolicy` puts the page's own Content-Security-Policy in place of the general one. */
export type Page = { html: string; setPolicy: RequestHandler }

/** By clean path: `index.html` is `/`, `lab.html` is `/lab`. Undefined when the app is not built. */
export function readPages(webRoot: string): Map<string, Page> | undefined {
  if (!existsSync(join(webRoot, 'index.html'))) return undefined
  const files = readdirSync(webRoot, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'))
  return new Map(
    files.map((file) => {
      const html = readFileSync(join(webRoot, file), 'utf8')
      const setPolicy = helmet.contentSecurityPolicy({ useDefaults: false, directives: policyFor(html) })
      return [cleanPath(`/${file.replaceAll(sep, '/')}`), { html, setPolicy }]
    }),
  )
}

/** One path for a page however it is written: `/lab`, `/lab/` and `/lab.html` are the same. */
export const cleanPath = (path: string) => path.replace(/\/index\.html$|\.html$/, '').replace(/\/$/, '') || '/'
