import type { NextConfig } from 'next'

const config: NextConfig = {
  output: 'export',
  transpilePackages: ['@swarmdrop/core', '@swarmdrop/peer'],
  // Types are checked by `tsc` for the whole workspace at once.
  typescript: { ignoreBuildErrors: true },
}

export default config
