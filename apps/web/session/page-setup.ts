// What every page that joins swarms needs before anything else. Knows no session.
import { config } from 'zod/mini'
import { pathOf } from './base-path'

// zod would otherwise try to compile, which the page's security policy reports as an attack.
config({ jitless: true })

/**
 * The tracker's address: in development, page and tracker are two servers. What it is asked for follows: `/healthz`.
 */
export const trackerUrl = () => process.env.NEXT_PUBLIC_TRACKER_URL ?? `${window.location.origin}${pathOf('')}`
