// Which Chromium a test drives, and what is switched off in it.
import { chromiumLaunchOptions, type Kind } from './chromium.mjs'

// The browser reads only the last list of its kind, so what Playwright switches off, and bears on pages of ours, is in
// it too.
const offByPlaywright = [
  'AimEnabled',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
]
// The address bar's suggestions: two pages of their own besides each of ours, and a third of what it costs to open one.
const addressBar = ['WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup', 'WebUIOmniboxPopup']

/**
 * For Playwright's `launchOptions`. Most tests are about the engine alone, and take the shell; those about what the
 * whole browser adds (its settings, its clipboard, its wake locks) say so: `test.use({ launchOptions:
 * testChromium('whole') })`.
 */
export function testChromium(kind: Kind) {
  const { args, ...chromium } = chromiumLaunchOptions(kind)
  return { ...chromium, args: [...args, `--disable-features=${[...offByPlaywright, ...addressBar].join()}`] }
}
