// Serves the built web app over HTTP: its pages, its files, and how it is. Knows nothing of swarms or sockets.
import compression from 'compression'
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express'
import helmet from 'helmet'
import type { Logger } from 'pino'
import { policyFor } from './content-security-policy'
import { cleanPath, readPages } from './pages'

export type AppOptions = { webRoot: string; trustedProxies: number; log: Logger }

const NOT_BUILT = 'The web page is not built yet: stop the server and run "npm start", which builds what is missing.\n'
const IMMUTABLE = 'public, max-age=31536000, immutable'

export function createApp({ webRoot, trustedProxies, log }: AppOptions): Express {
  const app = express()
  app.set('trust proxy', trustedProxies)
  app.use(securityHeaders())
  app.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'ok' })
  })
  app.use(compression())
  app.use(webApp(webRoot))
  app.use(answerError(log))
  return app
}

/** In this order: a page under its clean path, a file of the build, the page that says there is nothing. */
function webApp(webRoot: string): RequestHandler[] {
  const pages = readPages(webRoot)
  if (pages === undefined) return [(_request, response) => void response.status(503).type('text').send(NOT_BUILT)]

  const servePage: RequestHandler = (request, response, next) => {
    const page = pages.get(cleanPath(request.path))
    if (page === undefined || !isRead(request)) return next()
    page.setPolicy(request, response, () => {
      response.set('Cache-Control', 'no-cache').type('html').send(page.html)
    })
  }
  const serveFile = express.static(webRoot, {
    index: false,
    redirect: false,
    setHeaders: (response) => {
      // Next puts a hash of the content into these names.
      const hashed = response.req.url?.startsWith('/_next/static/')
      response.setHeader('Cache-Control', hashed ? IMMUTABLE : 'no-cache')
    },
  })
  const serveNotFound: RequestHandler = (request, response) => {
    response.status(404).set('Cache-Control', 'no-cache')
    const page = pages.get('/404')
    if (page === undefined || !isRead(request) || !request.accepts('html')) {
      response.type('text').send('There is nothing here.\n')
      return
    }
    page.setPolicy(request, response, () => response.type('html').send(page.html))
  }
  return [servePage, serveFile, serveNotFound]
}

const isRead = (request: Request) => request.method === 'GET' || request.method === 'HEAD'

/**
 * A class opens the page by http on its own network, so nothing here may lead to https: no upgrade of requests, no HSTS.
 * Browsers log an error for two more headers on such an origin; they are sent where they work.
 */
function securityHeaders(): RequestHandler {
  const common = {
    contentSecurityPolicy: { useDefaults: false, directives: policyFor() },
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
  } as const
  const secured = helmet(common)
  const plain = helmet({ ...common, crossOriginOpenerPolicy: false, originAgentCluster: false })
  return (request, response, next) => (isTrustworthy(request) ? secured : plain)(request, response, next)
}

/** As browsers see it: https, or this very machine. */
const isTrustworthy = ({ secure, hostname }: Request) =>
  secure || /^(localhost|.+\.localhost|127(\.\d+){3}|\[?::1\]?)$/i.test(hostname ?? '')

const answerError =
  (log: Logger): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    const { status, expose } = error as { status?: number; expose?: boolean }
    if (!expose) log.error({ err: error }, 'could not answer a request')
    if (response.headersSent) return next(error)
    response.status(expose && status ? status : 500).type('text')
    response.send(expose ? 'This address cannot be read.\n' : 'Something went wrong here. Try again.\n')
  }
