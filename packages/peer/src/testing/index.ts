// Contract suites for adapters of the peer's ports, wherever they are: they run under vitest and inside a browser.

export * from './keeping-contracts'
export * from './port-contracts'
export * from './store-contract'
