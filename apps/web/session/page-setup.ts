// What every page that joins swarms needs before anything else. Knows no session.
import { config } from 'zod/mini'

// zod would otherwise try to compile, which the page's security policy reports as an attack.
config({ jitless: true })

/** In development, page and tracker are two servers. */
export const trackerUrl = () => process.env.NEXT_PUBLIC_TRACKER_URL ?? window.location.origin
