'use client'
// The swarm as a picture: a canvas for the eye, a slider over the peers for keys and screen readers, a line of words
// for all.
import { memo, type PointerEvent, useRef, useState } from 'react'
import controls from '../ui/controls.module.css'
import { formatRate } from '../ui/format'
import { Term } from '../ui/term'
import styles from './pictures.module.css'
import { RoleSign } from './role-sign'
import { countRoles, ROLE_NAMES, rolesInWords } from './role-words'
import type { SwarmFrame } from './swarm-frame'
import { type SwarmMotion, useSwarmCanvas } from './use-swarm-canvas'

const REACH = 28

/**
 * `motion` still: the lines stand, with arrows instead of dots. A frame is drawn when it is a new one. `isWhole`: it
 * fills its place, without words below.
 */
type SwarmPictureProps = { frame: SwarmFrame; motion?: SwarmMotion; isWhole?: boolean }

export const SwarmPicture = memo(function SwarmPicture({
  frame,
  motion = 'moving',
  isWhole = false,
}: SwarmPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [chosen, setChosen] = useState<number>()
  const points = useSwarmCanvas(canvas, { frame, chosen, motion })
  const words = chosen === undefined ? `${rolesInWords(frame.peers)}.` : describePeer(frame, chosen)

  const onPointerMove = (event: PointerEvent) => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    const [x, y] = [event.clientX - left, event.clientY - top]
    const away = points.current.map((point) => Math.hypot(point.x - x, point.y - y))
    const nearest = Math.min(...away)
    setChosen(nearest <= REACH ? away.indexOf(nearest) : undefined)
  }
  return (
    <div className={isWhole ? styles.whole : undefined}>
      <div className={styles.swarm} onPointerLeave={() => setChosen(undefined)} onPointerMove={onPointerMove}>
        <canvas className={styles.canvas} ref={canvas} />
        {frame.peers.length > 0 && (
          <input
            aria-label="The swarm, peer by peer"
            aria-valuetext={words}
            className={styles.slider}
            max={frame.peers.length}
            min={1}
            onBlur={() => setChosen(undefined)}
            onChange={(event) => setChosen(event.currentTarget.valueAsNumber - 1)}
            onFocus={(event) => event.currentTarget.matches(':focus-visible') && setChosen(chosen ?? 0)}
            type="range"
            value={(chosen ?? 0) + 1}
          />
        )}
      </div>
      {!isWhole && (
        <>
          <p className={`${styles.words} ${controls.figures}`}>{words}</p>
          <ul className={styles.key}>
            {countRoles(frame.peers).map(({ role }) => (
              <li key={role}>
                <RoleSign role={role} />
                <Term means={ROLE_NAMES[role].means}>{ROLE_NAMES[role].one}</Term>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
})

function describePeer({ peers, chunkCount, flows }: SwarmFrame, index: number): string {
  const peer = peers[index]
  if (!peer) return ''
  const nameOf = (other: number) => peers[other]?.name ?? ''
  const sum = (of: SwarmFrame['flows']) => formatRate(of.reduce((all, { bytesPerSecond }) => all + bytesPerSecond, 0))
  const sends = flows.filter(({ from }) => from === index)
  const gets = flows.filter(({ to }) => to === index)
  const role = ROLE_NAMES[peer.role].one
  return [
    `${peer.name}${role === peer.name ? '' : `, ${role}`}: ${peer.held} of ${chunkCount} chunks.`,
    gets.length > 0 ? `Gets ${sum(gets)} from ${listOf(gets.map(({ from }) => nameOf(from)))}.` : '',
    sends.length > 0 ? `Sends ${sum(sends)} to ${listOf(sends.map(({ to }) => nameOf(to)))}.` : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

function listOf(names: string[]): string {
  const most = 6
  return names.length > most ? `${names.slice(0, most).join(', ')} and ${names.length - most} more` : names.join(', ')
}
