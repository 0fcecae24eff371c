// Signalling as the rest of the core sees it.
export * from './code-protocol'
export * from './lab-protocol'
export * from './protocol'
export * from './relay-protocol'
export * from './relay-seal'
export * from './sealing'
export * from './signal-message'
export * from './tab-key'
