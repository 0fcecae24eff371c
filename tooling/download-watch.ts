// Times a download in a page by what the page shows. Runs there, and knows nothing else.

/** Milliseconds, on the clock that all pages of a browser share. */
type Times = { start: number; end: number }

/** Runs in a receiver's page that is ready: from the click on Download to the last proved and stored chunk. */
export function downloadInPage(): Promise<Times> {
  const now = () => performance.timeOrigin + performance.now()
  const transfer = document.querySelector('[data-testid=transfer]') as HTMLElement
  const start = now()
  document.querySelector<HTMLElement>('[data-testid=download]')?.click()
  return new Promise((resolve) => {
    new MutationObserver(() => {
      if (transfer.dataset.phase === 'complete') resolve({ start, end: now() })
    }).observe(transfer, { attributes: true })
  })
}
