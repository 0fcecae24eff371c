// What this device is by its browser's own words: "Chrome on Android". Knows nothing of whom it is told to.

type Brands = { brands?: readonly { brand: string }[]; platform?: string }
type Browser = { userAgent: string; userAgentData?: Brands; maxTouchPoints?: number }

/** Browsers in the order in which they are looked for: most name others as well, so that pages take them for those. */
const BROWSERS = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /(?:Chrome|CriOS)\//],
  ['Chromium', /\bChromium\//],
  ['Safari', /\bSafari\//],
] as const
const SYSTEMS = [
  ['Android', /\bAndroid\b/],
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows\b/],
  ['Mac', /\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
] as const

/**
 * The name of browser and device, without version or model: it is for people, and tells no more of them than it must.
 */
export function deviceWords({ userAgent, userAgentData, maxTouchPoints = 0 }: Browser = navigator as Browser): string {
  const brave = userAgentData?.brands?.some(({ brand }) => brand === 'Brave')
  const browser = brave ? 'Brave' : named(BROWSERS, userAgent)
  // An iPad says that it is a Mac; no Mac is touched.
  const system = named(SYSTEMS, userAgent)
  const where = system === 'Mac' && maxTouchPoints > 1 ? 'iPad' : system
  if (where === undefined) return browser ?? 'A browser'
  return `${browser ?? 'A browser'} on ${where}`
}

const named = (all: readonly (readonly [string, RegExp])[], userAgent: string) =>
  all.find(([, words]) => words.test(userAgent))?.[0]
