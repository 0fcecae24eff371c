// An address that leads nowhere. A link to a file comes here only where its `#` did not survive.
import { Notice } from '../features/ui/notice'
import { pathOf } from '../session/base-path'
import { LostLink } from './lost-link'

export default function NotFound() {
  return (
    <LostLink>
      <Notice heading="h1" tone="wait" title="Page not found" way={<a href={pathOf('/')}>Go to Swarmdrop</a>}>
        The address may be mistyped. If somebody sent you a link to a file, open it again and check that nothing is cut
        off.
      </Notice>
    </LostLink>
  )
}
