// The one route. What it shows depends on the fragment, which only the browser knows.
import { Entry } from './entry'

export default function Page() {
  return <Entry />
}
