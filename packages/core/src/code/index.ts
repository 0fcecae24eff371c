// Codes that are read aloud, by a door of their own: pages load them when somebody needs one.
export * from './exchange'
export * from './share-code'
