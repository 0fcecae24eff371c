// What stands against the import rules today. Only ever shorter: scripts/check-imports.mjs says what can go.

/** By file: the folder that it should not import from. */
export const exceptions = /** @type {Record<string, string>} */ ({
  // The page's features are to know the session alone.
  'apps/web/features/share/choosing.tsx': 'apps/web/adapters',
  'apps/web/features/share/home.tsx': 'apps/web/adapters',
  'apps/web/features/share/recent-words.test.ts': 'apps/web/adapters',
  'apps/web/features/share/recent-words.ts': 'apps/web/adapters',
  'apps/web/features/share/recent.tsx': 'apps/web/adapters',
  'apps/web/features/share/use-page-drop.ts': 'apps/web/adapters',
  'apps/web/features/share/use-recent.ts': 'apps/web/adapters',
  'apps/web/features/share/use-sharing.ts': 'apps/web/adapters',
  'apps/web/features/theory/use-simulation.ts': 'apps/web/adapters',
  'apps/web/features/ui/use-wake-lock.ts': 'apps/web/adapters',
  // HashingProgress belongs beside the hashing.
  'apps/web/adapters/hashing/hash-files.ts': 'apps/web/session',
})

/** Imports that close a circle: not looked at when circles are looked for. */
export const circleExceptions = /** @type {Record<string, string>} */ ({
  // The type SyncHandle.
  'apps/web/adapters/stores/held-marks.ts': 'apps/web/adapters/stores/sync-file-store.ts',
})
