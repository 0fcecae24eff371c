import { describe, expect, it } from 'vitest'
import { connectionPlanOf, isConnected, neighbourBound, PATIENCE_MS, type Standing } from './connection-plan'

const place = { isServer: false, isInPage: true, mode: 'p2p' as const, peerCount: 8, peersInPage: 9 }

describe('whom a peer meets', () => {
  it('is everybody in a small swarm', () => {
    expect(connectionPlanOf(place)).toMatchObject({ wants: 8 })
  })

  it('is only so many that a page of thirty stays below Chromium’s 500 connections', () => {
    const { wants, maxLinks } = connectionPlanOf({ ...place, peerCount: 30, peersInPage: 31 })
    expect(31 * maxLinks).toBeLessThan(500)
    expect(wants).toBe(Math.floor(maxLinks / 2))
    expect(neighbourBound(31, 30)).toEqual({ maxNeighbours: maxLinks })
    expect(neighbourBound(9, 8)).toEqual({})
  })

  it('is the server alone in client-server mode, which offers to all', () => {
    const mode = 'client-server' as const
    expect(connectionPlanOf({ ...place, mode })).toMatchObject({ wants: 0 })
    const server = connectionPlanOf({ ...place, mode, isServer: true, peerCount: 90 })
    expect(server.wants).toBe(50)
    expect(server.maxLinks).toBeGreaterThan(90)
  })
})

describe('being connected', () => {
  const standing: Standing = {
    isServer: false,
    mode: 'p2p',
    isInSwarm: true,
    neighbours: 8,
    knowsSeed: true,
    expected: 9,
    arrived: 9,
    waitedMs: 0,
  }

  it('means to know all others, once all are in the swarm', () => {
    expect(isConnected(standing)).toBe(true)
    expect(isConnected({ ...standing, neighbours: 7 })).toBe(false)
    expect(isConnected({ ...standing, arrived: 8, neighbours: 7 })).toBe(false)
    expect(isConnected({ ...standing, isInSwarm: false })).toBe(false)
  })

  it('means to know enough in a large swarm', () => {
    expect(isConnected({ ...standing, expected: 60, arrived: 60, neighbours: 15 })).toBe(true)
  })

  it('does not hang on one who never connects', () => {
    const late = { ...standing, arrived: 8, neighbours: 6, waitedMs: PATIENCE_MS }
    expect(isConnected(late)).toBe(true)
    expect(isConnected({ ...late, neighbours: 0 })).toBe(false)
  })

  it('means to know the server, where it serves all', () => {
    const alone = { ...standing, mode: 'client-server' as const, neighbours: 1 }
    expect(isConnected(alone)).toBe(true)
    expect(isConnected({ ...alone, knowsSeed: false })).toBe(false)
  })
})
