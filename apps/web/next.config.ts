import type { NextConfig } from 'next'

const config: NextConfig = {
  output: 'export',
  // A mark, in a build: the tracker that serves it knows the path (apps/tracker/src/base-path.ts).
  basePath: process.env.NEXT_PUBLIC_BASE_PATH ?? '',
  transpilePackages: ['@swarmdrop/core', '@swarmdrop/peer'],
  turbopack: {
    resolveAlias: {
      // simple-peer brings a whole stream with it, and no page uses it as one (packages/peer/src/links/lean).
      buffer: '@swarmdrop/peer/lean/buffer',
      debug: '@swarmdrop/peer/lean/debug',
      randombytes: '@swarmdrop/peer/lean/randombytes',
      'readable-stream': '@swarmdrop/peer/lean/readable-stream',
    },
  },
  // Types are checked by `tsc` for the whole workspace at once.
  typescript: { ignoreBuildErrors: true },
}

export default config
