// The rules of the swarm that an experiment may change. Knows nothing of what they lead to.
import { defaultPolicy } from '@swarmdrop/core'
import type { ExperimentPolicy } from '@swarmdrop/core/simulation'
import { PolicyChoices } from '../experiment/policy-choices'
import { NumberField } from '../ui/number-field'
import { SECONDS } from '../ui/read-number'

type PolicyFieldsProps = { policy: ExperimentPolicy; onChange: (policy: ExperimentPolicy) => void }

export function PolicyFields({ policy, onChange }: PolicyFieldsProps) {
  const set = (change: ExperimentPolicy) => {
    // What stands for the default is left out, so that a saved experiment says only what differs.
    const unsaid: unknown[] = [undefined, defaultPolicy.picker, defaultPolicy.choker]
    onChange(
      Object.fromEntries(Object.entries({ ...policy, ...change }).filter(([, value]) => !unsaid.includes(value))),
    )
  }
  return (
    <>
      <PolicyChoices onChange={set} page="lab" policy={policy} />
      {NUMBERS.map(({ rule, ...field }) => (
        <NumberField
          {...field}
          key={rule}
          onValue={(value: number | undefined) => set({ [rule]: value })}
          value={policy[rule]}
        />
      ))}
    </>
  )
}

const SLOTS = { least: 0, most: 100 }
const TURNS = { least: 1, most: 3_600, unit: SECONDS }
/** Empty: the default, which the placeholder says. */
const NUMBERS = [
  {
    rule: 'regularSlots',
    label: 'Regular slots',
    means: 'How many others a peer serves at a time, chosen by the rule above.',
    placeholder: String(defaultPolicy.regularSlots),
    ...SLOTS,
  },
  {
    rule: 'optimisticSlots',
    label: 'Optimistic slots',
    means: 'How many more it serves that are chosen at random, so that newcomers get their first chunks.',
    placeholder: String(defaultPolicy.optimisticSlots),
    ...SLOTS,
  },
  {
    rule: 'rechokeSeconds',
    label: 'Regular turn',
    means: 'How often each peer chooses again who it serves.',
    placeholder: String(defaultPolicy.rechokeMs / 1_000),
    ...TURNS,
  },
  {
    rule: 'optimisticSeconds',
    label: 'Optimistic turn',
    means: 'How often each peer chooses another at random.',
    placeholder: String(defaultPolicy.optimisticMs / 1_000),
    ...TURNS,
  },
] as const
