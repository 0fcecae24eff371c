// Keeps a uPlot in its place: loaded when it is first needed, as wide as its container, in the page's colours. Knows
// nothing of what is plotted.
import { type RefObject, useEffect, useRef } from 'react'
import type uPlot from 'uplot'
import { retryUntilDone } from '../../session/retry-until-done'
import { type ChartLook, readChartLook } from './chart-look'

export type PlotOptions = Omit<uPlot.Options, 'width' | 'height'>

/**
 * `place` gets the plot; its size must not depend on what is inside. `makeOptions` must stay the same function, and
 * read what changes when it is drawn. `data`: a new array is drawn, and whatever else has changed with it. Gives the
 * plot, once there.
 */
export function usePlot(
  place: RefObject<HTMLElement | null>,
  makeOptions: (look: ChartLook) => PlotOptions,
  data: uPlot.AlignedData,
): RefObject<uPlot | undefined> {
  const shown = useRef<uPlot>(undefined)
  const latest = useRef(data)

  useEffect(() => {
    latest.current = data
    shown.current?.setData(data)
  }, [data])

  useEffect(() => {
    const element = place.current
    if (!element) return
    let Plot: typeof uPlot | undefined
    const size = () => ({ width: element.clientWidth, height: element.clientHeight })
    const draw = () => {
      shown.current?.destroy()
      shown.current = undefined
      if (!Plot || size().width === 0) return
      shown.current = new Plot({ ...makeOptions(readChartLook(element)), ...size() }, latest.current, element)
    }
    const resized = new ResizeObserver(() => {
      const { width, height } = size()
      if (shown.current === undefined || width === 0) return draw()
      if (shown.current.width !== width || shown.current.height !== height) shown.current.setSize({ width, height })
    })
    resized.observe(element)
    const dark = matchMedia('(prefers-color-scheme: dark)')
    dark.addEventListener('change', draw)
    let gone = false
    void retryUntilDone(() => import('uplot')).then(({ default: loaded }) => {
      if (gone) return
      Plot = loaded
      draw()
    })
    return () => {
      gone = true
      resized.disconnect()
      dark.removeEventListener('change', draw)
      shown.current?.destroy()
      shown.current = undefined
    }
  }, [place, makeOptions])
  return shown
}
