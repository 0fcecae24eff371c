// The door to the laboratory: the teacher's part of this page. Knows nothing of how it is drawn.
import { trackerUrl } from '../page-setup'
import { LabHost } from './host'

let host: LabHost | undefined

/** One for the page: it lives as long as the tab does. */
export function labHost(): LabHost {
  host ??= new LabHost(trackerUrl())
  return host
}
