import { describe, expect, it } from 'vitest'
import { Alarm, Alarms } from './alarms'

describe('alarms', () => {
  it('ring at the first that is set, and say what for', () => {
    const alarms = new Alarms()
    expect(alarms.first).toBe(Number.POSITIVE_INFINITY)
    alarms.set(Alarm.rechoke, 300)
    alarms.set(Alarm.upload, 200)
    expect(alarms.first).toBe(200)
    expect(alarms.reason).toBe('upload limit')
    alarms.clear(Alarm.upload)
    expect(alarms.first).toBe(300)
    expect(alarms.reason).toBe('choose whom to serve')
    expect(alarms.at(Alarm.upload)).toBe(Number.POSITIVE_INFINITY)
  })
})
