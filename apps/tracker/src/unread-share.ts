// Answers what another app shares with the installed page, where no service worker has taken it
// (apps/web/service-worker): without reading it, as files are no matter of a server. The page then says that nothing
// has come.
import type { RequestHandler } from 'express'

/** The path to which a shared file is posted, as the page's manifest says. */
export const SHARE_PATH = '/share'

export const answerUnread =
  (basePath: string): RequestHandler =>
  (_request, response) => {
    // Node ends the connection when the answer is out: what is still on its way goes nowhere.
    response.set({ Connection: 'close', 'Cache-Control': 'no-store' }).redirect(303, `${basePath}/?shared`)
  }
