// The server of these tests by this machine's own address on its network, where a browser takes the page for insecure.
import { networkInterfaces } from 'node:os'
import { lanAddresses } from '../../apps/tracker/src/lan-addresses'
import { test as base, expect } from './test'

/** `lan`: the home page's URL there. Skips a test on a machine without a network. */
export const test = base.extend<{ lan: string }>({
  lan: async ({ baseURL }, use, testInfo) => {
    const [address] = lanAddresses(networkInterfaces(), '0.0.0.0')
    testInfo.skip(address === undefined, 'This machine is on no network.')
    await use(`http://${address}:${new URL(baseURL ?? '').port}/`)
  },
})

export { expect }
