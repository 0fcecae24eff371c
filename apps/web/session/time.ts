// The door to a window's own timers, for what is only drawn. Knows nothing of peers.
export { ownTimers } from '../adapters/workers/waiting'
