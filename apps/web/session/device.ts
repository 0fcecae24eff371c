// The door to what the device shows of a page beside its window. Knows no transfer.
export { setAppBadge } from '../adapters/device/app-badge'
