// Closes what a test opened, last first. Knows nothing of what that is.
type Cleanup = () => unknown

const cleanups: Cleanup[] = []

export function afterTest(cleanup: Cleanup): void {
  cleanups.push(cleanup)
}

/** Closes all that a test has opened; for `afterEach`. */
export async function closeAll(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
}
