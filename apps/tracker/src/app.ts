// Serves the built web app over HTTP: its pages, its files, and how it is. Knows nothing of swarms or sockets.
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express'
import helmet from 'helmet'
import type { Logger } from 'pino'
import { policyFor } from './content-security-policy'
import { READY_PATH, type Readiness, tellReadiness } from './operation/readiness'
import { cleanPath, pagesOf } from './pages'
import { isThisMachine } from './pages-for-others'
import { PERMISSIONS_POLICY } from './permissions-policy'
import { encodings, type PreparedFile, prepareFiles } from './prepared-files'
import { tellAddresses } from './tell-addresses'
import { answerUnread, SHARE_PATH } from './unread-share'

export type AppOptions = {
  webRoot: string
  trustedProxies: number
  /** The beginning of the page's addresses. */
  basePath?: string
  /** The address at which people open the page; what a chat shows of a link needs it whole. */
  publicUrl?: string | undefined
  /** The addresses at which others can open the page at the moment. */
  addresses: () => string[]
  /** What else bears on whether somebody should be sent here. */
  readiness?: () => Omit<Readiness, 'page'>
  log: Logger
}

const NOT_BUILT = 'The web page is not built yet: stop the server and run "npm start", which builds what is missing.\n'
const IMMUTABLE = 'public, max-age=31536000, immutable'

/**
 * Reads and compresses the built page first: what is served later comes out of memory, the same bytes for everybody.
 */
export async function createApp({
  webRoot,
  trustedProxies,
  basePath = '',
  publicUrl,
  addresses,
  readiness = () => ({ redis: 'none', draining: false }),
  log,
}: AppOptions): Promise<Express> {
  const origin = publicUrl === undefined ? '' : new URL(publicUrl).origin
  const files = await prepareFiles(webRoot, { basePath, origin })
  const app = express()
  app.set('trust proxy', trustedProxies)
  app.use(securityHeaders())
  app.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'ok' })
  })
  app.get(
    READY_PATH,
    tellReadiness(() => ({ page: files.size > 0, ...readiness() })),
  )
  app.get('/addresses', tellAddresses(addresses))
  app.post(SHARE_PATH, answerUnread(basePath))
  app.use(webApp(files, basePath))
  app.use(answerError(log))
  return app
}

/**
 * Serves the page. In this order: a page under its clean path, a file of the build, what was meant, the page that says
 * there is nothing.
 */
function webApp(files: ReadonlyMap<string, PreparedFile>, basePath: string): RequestHandler[] {
  if (files.size === 0) return [(_request, response) => void response.status(503).type('text').send(NOT_BUILT)]
  const pages = pagesOf(files)

  const servePage: RequestHandler = (request, response, next) => {
    const page = pages.get(cleanPath(request.path))
    if (page === undefined || !isRead(request)) return next()
    page.setPolicy(request, response, () => send(request, response, page.file, 'no-cache'))
  }
  const serveFile: RequestHandler = (request, response, next) => {
    const path = decoded(request.path)
    const file = path === undefined ? undefined : files.get(path)
    if (file === undefined || !isRead(request)) return next()
    // Next puts a hash of the content into these names.
    send(request, response, file, path?.startsWith('/_next/static/') ? IMMUTABLE : 'no-cache')
  }
  // Some programs encode the `#` of a link that they pass on.
  const serveMeant: RequestHandler = (request, response, next) => {
    const [, path, fragment] = /^(\/[^%]*)%(?:25)*23(.*)$/.exec(request.url) ?? []
    if (path === undefined || !pages.has(cleanPath(path)) || !isRead(request)) return next()
    response.set('Cache-Control', 'no-cache').redirect(`${basePath}${path}#${fragment}`)
  }
  const serveNotFound: RequestHandler = (request, response) => {
    response.status(404).set('Cache-Control', 'no-cache')
    const page = pages.get('/404')
    // A page is for people: who takes just anything has asked for a file.
    if (page === undefined || !isRead(request) || request.accepts(['text', 'html']) !== 'html') {
      response.type('text').send('Not found.\n')
      return
    }
    page.setPolicy(request, response, () => send(request, response, page.file, 'no-cache'))
  }
  return [servePage, serveFile, serveMeant, serveNotFound]
}

/** Express answers 304 to who has it, and HEAD without a body. */
function send(request: Request, response: Response, file: PreparedFile, cacheControl: string): void {
  const encoding = encodings.find((one) => file.compressed[one] && request.acceptsEncodings(one))
  response.set({ 'Cache-Control': cacheControl, ETag: file.etag }).type(file.type).vary('Accept-Encoding')
  if (encoding) response.set('Content-Encoding', encoding)
  response.send((encoding && file.compressed[encoding]) ?? file.plain)
}

/** The decoded path; undefined where it cannot be read. */
function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

const isRead = (request: Request) => request.method === 'GET' || request.method === 'HEAD'

/**
 * A class opens the page by http on its own network, so nothing here may lead to https: no upgrade of requests, no
 * HSTS. Browsers log an error for two more headers on such an origin; they are sent where they work.
 */
function securityHeaders(): RequestHandler {
  const common = {
    contentSecurityPolicy: { useDefaults: false, directives: policyFor() },
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
  } as const
  const secured = helmet(common)
  const plain = helmet({ ...common, crossOriginOpenerPolicy: false, originAgentCluster: false })
  return (request, response, next) => {
    response.setHeader('Permissions-Policy', PERMISSIONS_POLICY)
    ;(isTrustworthy(request) ? secured : plain)(request, response, next)
  }
}

/** Whether browsers trust the way: https, or this very machine. */
const isTrustworthy = ({ secure, hostname }: Request) => secure || isThisMachine(hostname ?? '')

const answerError =
  (log: Logger): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    const { status, expose } = error as { status?: number; expose?: boolean }
    if (!expose) log.error({ err: error }, 'could not answer a request')
    if (response.headersSent) return next(error)
    response.status(expose && status ? status : 500).type('text')
    response.send(expose ? 'This address is malformed.\n' : 'Something went wrong here. Try again.\n')
  }
