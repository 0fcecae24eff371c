// The rules that only a simulation knows of: who asks for what, who serves whom, who sends, and the seed. Computes nothing.
import controls from '../ui/controls.module.css'
import { Term } from '../ui/term'
import { readCount } from './quantities'
import styles from './settings.module.css'
import { CHOKERS, MODES, MOST_SEED, PICKERS, type TheoryState } from './theory-state'
import { useTyped } from './use-typed'

type RulesProps = { state: TheoryState; onChange: (change: Partial<TheoryState>) => void }

export function Rules({ state, onChange }: RulesProps) {
  return (
    <div className={styles.rules}>
      <Choice
        means="Peer-to-peer: whoever has a chunk, a piece of the file of 256 KiB, passes it on. Client-server: only the server sends."
        name="Who sends"
        names={MODE_NAMES}
        onChange={(mode) => onChange({ mode })}
        options={MODES}
        testId="theory-mode"
        value={state.mode}
      />
      <Choice
        means="The rule by which a peer decides which chunk it asks for next."
        name="Picker"
        names={PICKER_NAMES}
        onChange={(picker) => onChange({ picker })}
        options={PICKERS}
        testId="theory-picker"
        value={state.picker}
      />
      <Choice
        means="The rule by which a peer decides whom it uploads to. All others are choked: they wait for their turn."
        name="Choker"
        names={CHOKER_NAMES}
        onChange={(choker) => onChange({ choker })}
        options={CHOKERS}
        testId="theory-choker"
        value={state.choker}
      />
      <SeedField onSeed={(seed) => onChange({ seed })} seed={state.seed} />
    </div>
  )
}

function SeedField({ seed, onSeed }: { seed: number; onSeed: (seed: number) => void }) {
  const { shown, problem, onChange } = useTyped({
    value: seed,
    text: String(seed),
    read: (text) => readCount(text, 0, MOST_SEED),
    onValue: (value) => value !== undefined && onSeed(value),
  })
  return (
    <div className={styles.rule}>
      <span className={styles.name}>
        <Term means="Where the run’s chance begins: the same seed gives the same run, everywhere.">Seed</Term>
      </span>
      <input
        aria-invalid={problem !== undefined}
        aria-label="Seed"
        autoComplete="off"
        className={`${controls.field} ${controls.figures}`}
        data-testid="theory-seed"
        inputMode="numeric"
        onChange={onChange}
        type="text"
        value={shown}
      />
      <output className={styles.problem}>{problem}</output>
    </div>
  )
}

type ChoiceProps<T extends string> = {
  name: string
  means: string
  value: T
  options: readonly T[]
  names: Record<T, string>
  onChange: (value: T) => void
  testId: string
}

function Choice<T extends string>({ name, means, value, options, names, onChange, testId }: ChoiceProps<T>) {
  return (
    <div className={styles.rule}>
      <span className={styles.name}>
        <Term means={means}>{name}</Term>
      </span>
      <select
        aria-label={name}
        className={controls.field}
        data-testid={testId}
        onChange={(event) => onChange(event.currentTarget.value as T)}
        value={value}
      >
        {options.map((option) => (
          <option key={option} value={option}>
            {names[option]}
          </option>
        ))}
      </select>
    </div>
  )
}

const PICKER_NAMES = { 'rarest-first': 'Rarest first', random: 'Random', sequential: 'In file order' } as const
const CHOKER_NAMES = { 'tit-for-tat': 'Tit for tat', 'round-robin': 'By turn', everyone: 'Chokes nobody' } as const
const MODE_NAMES = { p2p: 'Peer-to-peer', 'client-server': 'Client-server' } as const
