// The door to the laboratory: the teacher's part, or a student's. Knows nothing of how it is drawn.
import { trackerUrl } from '../page-setup'
import { LabHost } from './host'
import { LabStudent } from './student'
import { rememberedSeat } from './student-memory'

let host: LabHost | undefined

/** One for the page: it lives as long as the tab does. */
export function labHost(): LabHost {
  host ??= new LabHost(trackerUrl())
  return host
}

export const labStudent = (code: string, name: string): LabStudent => new LabStudent(code, name, trackerUrl())

/** The name under which this tab is in this room already, before a reload. */
export const seatIn = (code: string): string | undefined => rememberedSeat(code)?.name
