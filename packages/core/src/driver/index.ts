export { type DriverObserver, type DriverPorts, SwarmDriver } from './driver'
export * from './ports'
