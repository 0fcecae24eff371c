// Tells the built web app's pages from its other files, each with the policy that fits it. Knows nothing of how they
// are served.
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import { policyFor } from './content-security-policy'
import type { PreparedFile } from './prepared-files'

/** `setPolicy` puts the page's own Content-Security-Policy in place of the general one. */
export type Page = { file: PreparedFile; setPolicy: RequestHandler }

/** The pages of a build by clean path: `index.html` is `/`, `lab.html` is `/lab`. */
export function pagesOf(files: ReadonlyMap<string, PreparedFile>): Map<string, Page> {
  const pages = [...files].filter(([path]) => path.endsWith('.html'))
  return new Map(
    pages.map(([path, file]) => {
      const directives = policyFor(file.plain.toString())
      return [cleanPath(path), { file, setPolicy: helmet.contentSecurityPolicy({ useDefaults: false, directives }) }]
    }),
  )
}

/** The one path of a page, however it is written: `/lab`, `/lab/` and `/lab.html` are the same. */
export const cleanPath = (path: string) => path.replace(/\/index\.html$|\.html$/, '').replace(/\/$/, '') || '/'
