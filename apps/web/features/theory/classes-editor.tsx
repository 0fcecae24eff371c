// Peers that are not alike, class by class. What cannot be read is explained, and changes nothing.
import { useState } from 'react'
import controls from '../ui/controls.module.css'
import { countOf } from '../ui/format'
import { readCount, readQuantity, written } from './quantities'
import styles from './settings.module.css'
import { MOST_CLASSES, MOST_PEERS, type PeerClass, QUANTITIES } from './theory-state'
import { type Typing, useTyped } from './use-typed'

type ClassesEditorProps = { classes: PeerClass[]; onChange: (classes: PeerClass[]) => void }
type Problem = { place: string; text: string }

export function ClassesEditor({ classes, onChange }: ClassesEditorProps) {
  const [problem, setProblem] = useState<Problem>()
  // A row keeps its fields when another goes.
  const [keys, setKeys] = useState(() => classes.map((_, i) => i))
  const total = classes.reduce((sum, { count }) => sum + count, 0)
  const set = (i: number, change: Partial<PeerClass>) =>
    onChange(classes.map((one, at) => (at === i ? { ...one, ...change } : one)))
  const onProblem = (place: string) => (text: string | undefined) =>
    setProblem((before) => (text !== undefined ? { place, text } : before?.place === place ? undefined : before))
  return (
    <div>
      <table className={styles.classes}>
        <caption className={controls.unseen}>Classes of peers</caption>
        <thead>
          <tr>
            <th scope="col">Peers</th>
            <th scope="col">Up, kB/s</th>
            <th scope="col">Down, kB/s</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {classes.map((one, i) => (
            <tr key={keys[i] ?? i}>
              <td>
                <Cell
                  label={`Class ${i + 1}: number of peers`}
                  onProblem={onProblem(`${i} count`)}
                  onValue={(count) => count !== undefined && set(i, { count })}
                  read={(text) => readCount(text, 1, MOST_PEERS - total + one.count)}
                  text={String(one.count)}
                  value={one.count}
                />
              </td>
              <td>
                <Cell
                  label={`Class ${i + 1}: upload in kB/s`}
                  onProblem={onProblem(`${i} up`)}
                  onValue={(up) => up !== undefined && set(i, { up })}
                  read={(text) => readQuantity(text, QUANTITIES.up)}
                  text={written(one.up, QUANTITIES.up.unitBytes)}
                  value={one.up}
                />
              </td>
              <td>
                <Cell
                  label={`Class ${i + 1}: download in kB/s, empty for no limit`}
                  onProblem={onProblem(`${i} down`)}
                  onValue={(down) => set(i, { down })}
                  placeholder="no limit"
                  read={(text) => (text.trim() === '' ? { value: undefined } : readQuantity(text, QUANTITIES.down))}
                  text={one.down === undefined ? '' : written(one.down, QUANTITIES.down.unitBytes)}
                  value={one.down}
                />
              </td>
              <td>
                <button
                  aria-label={`Remove class ${i + 1}`}
                  className={controls.plain}
                  onClick={() => {
                    setKeys(keys.filter((_, at) => at !== i))
                    setProblem(undefined)
                    onChange(classes.filter((_, at) => at !== i))
                  }}
                  type="button"
                >
                  ×
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <output className={styles.problem}>{problem?.text}</output>
      <p className={styles.ways}>
        <span className={controls.figures}>N = {countOf(total, 'peer')}</span>
        <button
          className={controls.plain}
          disabled={classes.length >= MOST_CLASSES || total >= MOST_PEERS}
          onClick={() => {
            const last = classes.at(-1)
            if (!last) return
            setKeys([...keys, Math.max(...keys) + 1])
            onChange([...classes, { ...last, count: Math.min(5, MOST_PEERS - total) }])
          }}
          type="button"
        >
          Add a class
        </button>
      </p>
    </div>
  )
}

type CellProps = Typing & { label: string; onProblem: (problem: string | undefined) => void; placeholder?: string }

function Cell({ label, onProblem, placeholder, ...typing }: CellProps) {
  const { shown, problem, onChange } = useTyped(typing)
  return (
    <input
      aria-invalid={problem !== undefined}
      aria-label={label}
      autoComplete="off"
      className={`${controls.field} ${controls.figures}`}
      inputMode="decimal"
      onChange={(event) => {
        onChange(event)
        const next = typing.read(event.currentTarget.value)
        onProblem('problem' in next ? `${label}: ${next.problem}` : undefined)
      }}
      placeholder={placeholder}
      type="text"
      value={shown}
    />
  )
}
