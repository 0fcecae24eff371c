// Something new came while a link is there. What a link holds is fixed, so whatever is said but no makes another.
import { Confirm } from '../ui/confirm'

export function Offered({ onAnswer }: { onAnswer: (what: 'together' | 'alone' | 'neither') => void }) {
  return (
    <Confirm
      detail="That makes a new link. The one that you have now stops working."
      no="Keep the present link"
      onAnswer={(agreed) => onAnswer(agreed ? 'together' : 'neither')}
      other={{ words: 'Share only the new', onChosen: () => onAnswer('alone') }}
      question="Share the new together with the rest?"
      yes="Share all together"
    />
  )
}
