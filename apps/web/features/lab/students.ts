// This tab's student in each room: one, however often the page is drawn; it lives as long as the tab does.
import { labStudent, seatIn } from '../../session/lab'
import type { LabStudent } from '../../session/lab/student'

const students = new Map<string, LabStudent>()

export function studentOf(code: string, name: string): LabStudent {
  const student = students.get(code) ?? labStudent(code, name)
  students.set(code, student)
  return student
}

/** Who is in this room already, in this page or before its reload. */
export function knownStudent(code: string): LabStudent | undefined {
  const name = seatIn(code)
  return students.get(code) ?? (name === undefined ? undefined : studentOf(code, name))
}
