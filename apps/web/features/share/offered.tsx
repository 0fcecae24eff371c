// Something new came while a link is there. What a link holds is fixed, so whatever is said but no makes another.
import { Confirm } from '../ui/confirm'

export function Offered({ onAnswer }: { onAnswer: (what: 'together' | 'alone' | 'neither') => void }) {
  return (
    <Confirm
      detail="A link’s files cannot change. This makes a new link, and the current one stops working."
      no="Keep the current link"
      onAnswer={(agreed) => onAnswer(agreed ? 'together' : 'neither')}
      other={{ words: 'Share only the new files', onChosen: () => onAnswer('alone') }}
      question="Add the new files to what you share?"
      yes="Add them and make a new link"
    />
  )
}
