// Content as the rest of the core sees it.
export * from './base64url'
export * from './bitfield'
export * from './content'
export * from './file-ranges'
export * from './layout'
export * from './link'
export * from './manifest'
export * from './paths'
