// The rules of the swarm that an experiment may change. Knows nothing of what they lead to.
import { defaultPolicy, type ExperimentPolicy } from '@swarmdrop/core'
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
      <NumberField
        label="Regular slots"
        means="How many others a peer serves at a time, chosen by the rule above."
        least={0}
        most={100}
        onValue={(regularSlots) => set({ regularSlots })}
        placeholder="4"
        value={policy.regularSlots}
      />
      <NumberField
        label="Optimistic slots"
        means="How many more it serves that are drawn by lot, so that newcomers get their first chunks."
        least={0}
        most={100}
        onValue={(optimisticSlots) => set({ optimisticSlots })}
        placeholder="1"
        value={policy.optimisticSlots}
      />
      <NumberField
        label="Regular turn"
        means="How often each peer chooses again whom it serves."
        least={1}
        most={3600}
        onValue={(rechokeSeconds) => set({ rechokeSeconds })}
        placeholder="10"
        unit={SECONDS}
        value={policy.rechokeSeconds}
      />
      <NumberField
        label="Optimistic turn"
        means="How often each peer draws the next lot."
        least={1}
        most={3600}
        onValue={(optimisticSeconds) => set({ optimisticSeconds })}
        placeholder="30"
        unit={SECONDS}
        value={policy.optimisticSeconds}
      />
    </>
  )
}
