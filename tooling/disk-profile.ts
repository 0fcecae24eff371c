// A person whose browser keeps its files on the disk, as people's browsers do. Knows nothing of what they do with it.
//
// A context of `newContext()` is a private window to Chromium: what a page keeps there is in the browser's memory, and
// may not be much. Nothing that is measured there holds for a person who fetches gigabytes.
import { join } from 'node:path'
import { chromium, type LaunchOptions, type Page } from '@playwright/test'
import { chromiumLaunchOptions } from './chromium.mjs'

/**
 * The only page of a browser of its own, with profile and downloads below `folder`. The caller closes its context.
 * `launch`: how this machine's Chromium is started, unless it runs elsewhere than here.
 */
export async function openOnDisk(folder: string, launch: LaunchOptions = chromiumLaunchOptions()): Promise<Page> {
  const downloadsPath = join(folder, 'downloads')
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), { ...launch, downloadsPath })
  return context.pages()[0] ?? context.newPage()
}
