// The door to what the device shows of a page besides its window. Knows no transfer.
export { setAppBadge } from '../adapters/device/app-badge'
