// A setting that cannot be used. The message says which, what is wrong, and what would do.
export class ConfigError extends Error {
  override name = 'ConfigError'
}
