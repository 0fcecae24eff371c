// On the sender's page: what of the choice the link does not have. Nothing is drawn where that is nothing.
import type { Shared } from '../../session'
import controls from '../ui/controls.module.css'
import { Notice } from '../ui/notice'
import { leftOutReasons, leftOutTitle } from './left-out-words'

export function LeftOutNotice({ leftOut, chosen, problem }: Pick<Shared, 'leftOut' | 'chosen' | 'problem'>) {
  return (
    <>
      {leftOut.length > 0 && (
        <div data-testid="left-out">
          <Notice title={leftOutTitle(leftOut, chosen)} tone="wait">
            {leftOutReasons(leftOut)} All else is shared.
          </Notice>
        </div>
      )}
      {problem !== undefined && (
        <Notice title="Not everything could be added" tone="wait">
          {problem}
        </Notice>
      )}
    </>
  )
}

/** The words for a folder that was chosen by the button. */
export function MayLack() {
  return (
    <p className={controls.quiet}>
      Is a subfolder missing? Browsers silently skip what they cannot open. Drop the folder on this page instead to be
      told.
    </p>
  )
}
