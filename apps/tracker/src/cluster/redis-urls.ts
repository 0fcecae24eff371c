// How the setting REDIS_URL names one Redis, or several of a Redis Cluster.

/** A comma that begins another URL: one in a password does not. */
const BETWEEN = /,(?=\s*(?:rediss?:\/\/|$))/

/** The URLs in it, without spaces around them. */
export const redisUrls = (text: string): string[] => text.split(BETWEEN).map((url) => url.trim())
