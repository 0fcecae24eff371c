// An address that leads nowhere. A link to a file never comes here: its fragment sits on the home page.
import { Notice } from '../features/ui/notice'
import { pathOf } from '../session/base-path'

export default function NotFound() {
  return (
    <Notice heading="h1" tone="wait" title="There is no page here" way={<a href={pathOf('/')}>Go to Swarmdrop</a>}>
      The address may be mistyped. If somebody sent you a link to a file, open it again and check that nothing is cut
      off.
    </Notice>
  )
}
