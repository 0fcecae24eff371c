// The two rules of the swarm that every experiment chooses: who asks for what, who serves whom. Runs nothing.
import { type ChokerPolicy, defaultPolicy, type PickerPolicy } from '@swarmdrop/core'
import { Choice } from '../ui/choice'
import { CHOKER_WORDS, MEANS, PICKER_WORDS } from './labels'

type PolicyChoicesProps = {
  /** Undefined: the default. */
  policy: { picker?: PickerPolicy | undefined; choker?: ChokerPolicy | undefined }
  onChange: (change: { picker: PickerPolicy } | { choker: ChokerPolicy }) => void
  /** What the fields' test ids begin with. */
  page: 'theory' | 'lab'
}

export function PolicyChoices({ policy, onChange, page }: PolicyChoicesProps) {
  return (
    <>
      <Choice
        label="Picker"
        means={MEANS.picker}
        onChoose={(picker) => onChange({ picker })}
        options={PICKER_WORDS}
        testId={`${page}-picker`}
        value={policy.picker ?? defaultPolicy.picker}
      />
      <Choice
        label="Choker"
        means={MEANS.choker}
        onChoose={(choker) => onChange({ choker })}
        options={CHOKER_WORDS}
        testId={`${page}-choker`}
        value={policy.choker ?? defaultPolicy.choker}
      />
    </>
  )
}
