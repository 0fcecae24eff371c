// Keeps the picture of a swarm moving: one drawing a frame while anything moves, none when all rests. Knows nothing of
// words.
import { type RefObject, useEffect, useRef } from 'react'
import { onAppearanceChange } from '../ui/appearance'
import { fitCanvas } from '../ui/chunk-paint'
import type { SwarmFrame } from './swarm-frame'
import { type Point, SwarmLayout } from './swarm-layout'
import { paintDots, paintLines, paintPeers, readSwarmLook, type Scene, type SwarmLook } from './swarm-paint'

export type SwarmMotion = 'moving' | 'still'
type Shown = { frame: SwarmFrame; chosen: number | undefined; motion: SwarmMotion }

/** Room at the sides for names. */
const SIDE = 104
const NARROW_SIDE = 32
const TOP = 46
/** The widest line follows the fastest flow down by so much a picture, so that widths stay comparable. */
const FORGETS = 0.99
/** Thirty pictures a second are enough. */
const FRAME_MS = 1000 / 31
/** How often peers move aside in one picture: a gap closes within a second. */
const STEPS = 2

/** Gives where the peers are in pixels, as last drawn. */
export function useSwarmCanvas(canvas: RefObject<HTMLCanvasElement | null>, shown: Shown): RefObject<Point[]> {
  const points = useRef<Point[]>([])
  const latest = useRef(shown)
  const wake = useRef(() => {})

  const { frame, chosen, motion } = shown
  useEffect(() => {
    latest.current = { frame, chosen, motion }
    wake.current()
  }, [frame, chosen, motion])

  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    const layout = new SwarmLayout()
    const reduced = matchMedia('(prefers-reduced-motion: reduce)')
    // Only the dots move all the time: what is under and over them is painted when it changes.
    const under = document.createElement('canvas')
    const over = document.createElement('canvas')
    let look: SwarmLook | undefined
    /** The size, in the units that all is drawn in. */
    let size = { width: 0, height: 0 }
    let painted: Shown | undefined
    let frameRequest: number | undefined
    let last = 0
    let dotsAt = 0
    let fastest = 0
    let isCrowdMoving = true

    const draw = (now: number) => {
      frameRequest = undefined
      if (element.clientWidth === 0) return
      const isDue = painted !== latest.current || isCrowdMoving || look === undefined
      if (look !== undefined && now - last < FRAME_MS) return requestDraw()
      const passed = Math.min(0.1, (now - last) / 1000)
      last = now
      const { frame, chosen, motion } = latest.current
      const moves = motion === 'moving' && !reduced.matches
      if (moves) dotsAt += passed
      if (look === undefined) {
        look = readSwarmLook(element)
        const { clientWidth, clientHeight } = element
        size = { width: clientWidth / look.scale, height: clientHeight / look.scale }
        const density = window.devicePixelRatio * look.scale
        for (const canvas of [element, under, over]) fitCanvas(canvas, size.width, size.height, density)
      }
      const { width, height } = size
      const { scale } = look
      layout.setPeers(
        frame.peers.map(({ id }) => id),
        frame.peers.find(({ role }) => role === 'server')?.id,
      )
      for (let step = 0; step < STEPS; step++) isCrowdMoving = layout.step()
      if (reduced.matches) while (layout.step());
      fastest = frame.flows.reduce((most, { bytesPerSecond }) => Math.max(most, bytesPerSecond), fastest)
      const drawnAt = frame.peers.map(({ id }) => inPixels(layout.pointOf(id), width, height))
      points.current = drawnAt.map(({ x, y }) => ({ x: x * scale, y: y * scale }))
      const direction = moves ? ('dots' as const) : ('arrows' as const)
      const scene = { frame, points: drawnAt, width, height, look, fastest: fastest || 1, direction, chosen }
      if (isDue) {
        fastest *= FORGETS
        paintOn(under, paintLines, scene)
        paintOn(over, paintPeers, scene)
        painted = latest.current
      }
      context.clearRect(0, 0, width, height)
      context.drawImage(under, 0, 0, width, height)
      if (moves) paintDots(context, scene, dotsAt)
      context.drawImage(over, 0, 0, width, height)
      if (isCrowdMoving || (moves && frame.flows.length > 0)) requestDraw()
    }
    const requestDraw = () => {
      frameRequest ??= requestAnimationFrame(draw)
    }
    const afresh = () => {
      look = undefined
      requestDraw()
    }
    wake.current = requestDraw
    requestDraw()
    const resized = new ResizeObserver(afresh)
    resized.observe(element)
    const stopListening = onAppearanceChange(afresh)
    reduced.addEventListener('change', afresh)
    return () => {
      resized.disconnect()
      stopListening()
      reduced.removeEventListener('change', afresh)
      if (frameRequest !== undefined) cancelAnimationFrame(frameRequest)
      wake.current = () => {}
    }
  }, [canvas])
  return points
}

function paintOn(
  canvas: HTMLCanvasElement,
  paint: (context: CanvasRenderingContext2D, scene: Scene) => void,
  scene: Scene,
): void {
  const context = canvas.getContext('2d')
  if (context) paint(context, scene)
}

function inPixels({ x, y }: Point, width: number, height: number): Point {
  const side = width > 560 ? SIDE : NARROW_SIDE
  return { x: width / 2 + x * (width / 2 - side), y: height / 2 + y * (height / 2 - TOP) }
}
