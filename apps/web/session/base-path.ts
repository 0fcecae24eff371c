// Where this page's addresses begin: `/drop` where it is served at `https://example.org/drop/`, empty where it has a
// host of its own.

/** The path before all addresses of the page. In a build it is a mark, which the tracker replaces by its BASE_PATH. */
const basePath = process.env.NEXT_PUBLIC_BASE_PATH ?? ''

/** `path`: as `/lab`. What a page links to and what it asks for. */
export const pathOf = (path: string): string => `${basePath}${path}`

/**
 * An address as a chat's server wants it, which knows no page to begin from: whole where PUBLIC_URL says where that is.
 */
export const publicAddressOf = (path: string): string => `${process.env.NEXT_PUBLIC_ORIGIN ?? ''}${pathOf(path)}`

/** A whole address, to be passed on. */
export const addressOf = (path: string): string => `${window.location.origin}${pathOf(path)}`
