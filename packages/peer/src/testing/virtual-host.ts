// A teacher's end of a room in virtual time that says only what a test lets it say, and keeps what it hears.
import { participantsOf } from '@swarmdrop/core/simulation'
import { contentOfRun, LabDataSource } from '../lab/lab-data'
import { contentMessage, type FromHost, FromParticipant, type OpenMessage, read } from '../lab/messages'
import { experimentOf, firstSettings } from '../lab/settings'
import { RoomLine } from '../line/room-line'
import { TrackerLine } from '../line/tracker-line'
import { sha256 } from './sha256'
import { smallSettings, VirtualLab } from './virtual-lab'

export async function virtualHost() {
  const lab = new VirtualLab()
  const { time, teacher } = lab
  const line = new RoomLine(new TrackerLine(teacher.ports.newLine(), teacher.ports.time), teacher.ports.time)
  const heard: FromParticipant[] = []
  line.start({
    up: () => {},
    lost: () => {},
    delivered: (delivery) => {
      const message = delivery.type === 'message' ? read(FromParticipant, delivery.body) : undefined
      if (message) heard.push(message)
    },
  })
  await time.run(1_000)
  const creating = line.create()
  await time.run(1_000)
  const room = await creating
  if (!room.ok) throw new Error(`no room: ${room.refused}`)
  const aligning = line.alignClock()
  await time.run(1_000)
  await aligning

  const experiment = experimentOf({ ...firstSettings, ...smallSettings }, 'p2p', 2)
  const data = await new LabDataSource(sha256).forExperiment(experiment)
  const role = participantsOf(experiment).peers[0]?.id ?? ''
  return {
    lab,
    time,
    code: room.reply.code,
    /** The bytes that are spread. */
    data,
    heard,
    tell: (message: FromHost) => line.send(message, 'all'),
    /** The message to take part in a run of this name, for the first of two. */
    openMessage: (run: string): OpenMessage => ({
      type: 'open',
      run,
      experiment,
      role,
      ...contentMessage(contentOfRun(data, run)),
      wants: 30,
      maxLinks: 50,
    }),
    /** The room's time after so long. */
    roomTime: (inMs: number) => line.toRoomMs(teacher.ports.time.now() + inMs),
  }
}
