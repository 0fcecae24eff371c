// What a chart takes from the page's style, so that light and dark, and the size of type, follow it. Draws nothing.

export type ChartLook = {
  ink: string
  quiet: string
  line: string
  ground: string
  clientServer: string
  p2p: string
  chunked: string
  /** The font for a canvas: size and family. */
  font: string
  fontPixels: number
}

export function readChartLook(element: Element): ChartLook {
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  // uPlot reads whole pixels only.
  const fontPixels = Math.round(Number.parseFloat(style.fontSize))
  return {
    ink: colour('--ink'),
    quiet: colour('--quiet'),
    line: colour('--line'),
    ground: colour('--ground'),
    clientServer: colour('--curve-client-server'),
    p2p: colour('--curve-p2p'),
    chunked: colour('--curve-chunked'),
    font: `${fontPixels}px ${style.fontFamily}`,
    fontPixels,
  }
}
