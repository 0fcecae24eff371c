// The rules of the swarm that an experiment may change. Knows nothing of what they lead to.
import type { ExperimentPolicy } from '@swarmdrop/core'
import { useId } from 'react'
import { Term } from '../ui/term'
import styles from './fields.module.css'
import { NumberField } from './number-field'

const PICKERS = { 'rarest-first': 'rarest first', random: 'at random', sequential: 'in order' } as const
const CHOKERS = { 'tit-for-tat': 'tit for tat', 'round-robin': 'by turn', everyone: 'everybody' } as const

type PolicyFieldsProps = { policy: ExperimentPolicy; onChange: (policy: ExperimentPolicy) => void }

export function PolicyFields({ policy, onChange }: PolicyFieldsProps) {
  const set = (change: ExperimentPolicy) => {
    const next = { ...policy, ...change }
    // What stands for the default is left out, so that a saved experiment says only what differs.
    onChange(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)))
  }
  return (
    <>
      <Choice
        label="Chunks are fetched"
        means="Which chunk a peer asks for next. Rarest first: the one that the fewest neighbours hold."
        onChoose={(picker) => set({ picker: picker === 'rarest-first' ? undefined : picker })}
        options={PICKERS}
        value={policy.picker ?? 'rarest-first'}
      />
      <Choice
        label="Peers serve"
        means="Whom a peer unchokes. Tit for tat: those who send it most, and one drawn by lot."
        onChoose={(choker) => set({ choker: choker === 'tit-for-tat' ? undefined : choker })}
        options={CHOKERS}
        value={policy.choker ?? 'tit-for-tat'}
      />
      <NumberField
        label="Regular slots"
        least={0}
        most={100}
        onValue={(regularSlots) => set({ regularSlots })}
        placeholder="4"
        value={policy.regularSlots}
        whole
      />
      <NumberField
        label="Optimistic slots"
        least={0}
        most={100}
        onValue={(optimisticSlots) => set({ optimisticSlots })}
        placeholder="1"
        value={policy.optimisticSlots}
        whole
      />
      <NumberField
        label="New choice every"
        least={1}
        most={3600}
        onValue={(rechokeSeconds) => set({ rechokeSeconds })}
        placeholder="10"
        unit="s"
        value={policy.rechokeSeconds}
      />
      <NumberField
        label="New lot every"
        least={1}
        most={3600}
        onValue={(optimisticSeconds) => set({ optimisticSeconds })}
        placeholder="30"
        unit="s"
        value={policy.optimisticSeconds}
      />
    </>
  )
}

type ChoiceProps<Value extends string> = {
  label: string
  means?: string
  options: Record<Value, string>
  value: Value
  onChoose: (value: Value) => void
}

export function Choice<Value extends string>({ label, means, options, value, onChoose }: ChoiceProps<Value>) {
  const id = useId()
  return (
    <div className={styles.row}>
      {means === undefined ? <label htmlFor={id}>{label}</label> : <Term means={means}>{label}</Term>}
      <select
        aria-label={label}
        className={styles.select}
        id={id}
        onChange={({ currentTarget }) => onChoose(currentTarget.value as Value)}
        value={value}
      >
        {Object.entries<string>(options).map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </div>
  )
}
