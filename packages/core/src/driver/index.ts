export { type DriverObserver, type DriverPorts, LOW_MARK_BYTES, SwarmDriver } from './driver'
export * from './ports'
