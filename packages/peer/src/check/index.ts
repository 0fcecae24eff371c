// The connection check as its users see it.
export type { CheckPorts, Gathered, Transport } from './check-ports'
export { ConnectionCheck } from './connection-check'
export type * from './facts'
