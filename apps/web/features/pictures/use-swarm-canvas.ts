// Keeps the picture of a swarm moving: one drawing a frame while anything moves, none when all rests. Knows nothing of words.
import { type RefObject, useEffect, useRef } from 'react'
import { fitCanvas } from '../ui/chunk-paint'
import { onLookChange } from '../ui/look-change'
import type { SwarmFrame } from './swarm-frame'
import { type Place, SwarmLayout } from './swarm-layout'
import { paintSwarm, readSwarmLook, type SwarmLook } from './swarm-paint'

export type SwarmMotion = 'moving' | 'still'
type Shown = { frame: SwarmFrame; chosen: number | undefined; motion: SwarmMotion }

/** Room at the sides for names. */
const SIDE = 104
const NARROW_SIDE = 32
const TOP = 46
/** The widest line follows the fastest flow down by this much a second, so that widths stay comparable. */
const FORGETS_PER_SECOND = 0.1

/** Gives the places of the peers in pixels, as last drawn. */
export function useSwarmCanvas(canvas: RefObject<HTMLCanvasElement | null>, shown: Shown): RefObject<Place[]> {
  const places = useRef<Place[]>([])
  const latest = useRef(shown)
  const wake = useRef(() => {})

  useEffect(() => {
    latest.current = shown
    wake.current()
  })

  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    const layout = new SwarmLayout()
    const reduced = matchMedia('(prefers-reduced-motion: reduce)')
    let look: SwarmLook | undefined
    let frameRequest: number | undefined
    let last = 0
    let dotsAt = 0
    let fastest = 0

    const draw = (now: number) => {
      frameRequest = undefined
      const { clientWidth: width, clientHeight: height } = element
      if (width === 0) return
      const passed = Math.min(0.1, (now - last) / 1000)
      last = now
      const { frame, chosen, motion } = latest.current
      layout.setPeers(
        frame.peers.map(({ id }) => id),
        frame.peers.find(({ role }) => role === 'server')?.id,
      )
      let unrest = layout.step()
      if (reduced.matches) while (layout.step());
      fastest = frame.flows.reduce((most, { bytesPerSecond }) => Math.max(most, bytesPerSecond), fastest)
      fastest *= 1 - FORGETS_PER_SECOND * passed
      if (look === undefined) {
        look = readSwarmLook(element)
        fitCanvas(element, width, height, window.devicePixelRatio)
      }
      places.current = frame.peers.map(({ id }) => inPixels(layout.placeOf(id), width, height))
      const moves = motion === 'moving' && !reduced.matches
      if (moves) dotsAt += passed
      paintSwarm(context, {
        frame,
        places: places.current,
        width,
        height,
        look,
        fastest: fastest || 1,
        dotsAt: moves ? dotsAt : undefined,
        chosen,
      })
      unrest ||= moves && frame.flows.length > 0
      if (unrest) order()
    }
    const order = () => {
      frameRequest ??= requestAnimationFrame(draw)
    }
    const afresh = () => {
      look = undefined
      order()
    }
    wake.current = order
    order()
    const resized = new ResizeObserver(afresh)
    resized.observe(element)
    const stopListening = onLookChange(afresh)
    reduced.addEventListener('change', order)
    return () => {
      resized.disconnect()
      stopListening()
      reduced.removeEventListener('change', order)
      if (frameRequest !== undefined) cancelAnimationFrame(frameRequest)
      wake.current = () => {}
    }
  }, [canvas])
  return places
}

function inPixels({ x, y }: Place, width: number, height: number): Place {
  const side = width > 560 ? SIDE : NARROW_SIDE
  return { x: width / 2 + x * (width / 2 - side), y: height / 2 + y * (height / 2 - TOP) }
}
