// A number with its unit, as a person types it. What cannot be read is said beside it, and changes nothing.
import { useId, useState } from 'react'
import controls from '../ui/controls.module.css'
import styles from './fields.module.css'

type NumberFieldProps = {
  label: string
  unit?: string | undefined
  testId?: string
  /** In the unit; undefined: an empty field. */
  value: number | undefined
  least: number
  most: number
  whole?: boolean
  /** An empty field is allowed, and says this. */
  placeholder?: string
  disabled?: boolean
  onValue: (value: number | undefined) => void
}

export function NumberField(props: NumberFieldProps) {
  const { label, unit, testId, value, placeholder, disabled, onValue } = props
  const id = useId()
  // What was typed holds as long as nobody else sets the value.
  const [typed, setTyped] = useState<{ text: string; value: number | undefined }>()
  const text = typed !== undefined && typed.value === value ? typed.text : format(value)
  const read = readNumber(text, props)
  const problem = 'problem' in read ? read.problem : undefined
  return (
    <div className={styles.row}>
      <label htmlFor={id}>{label}</label>
      <span className={styles.line}>
        <input
          aria-describedby={`${id}-unit ${id}-note`}
          aria-invalid={problem !== undefined}
          autoComplete="off"
          className={`${controls.field} ${controls.figures} ${styles.number}`}
          data-testid={testId}
          disabled={disabled}
          id={id}
          inputMode="decimal"
          onChange={({ currentTarget }) => {
            const next = readNumber(currentTarget.value, props)
            setTyped({ text: currentTarget.value, value: 'problem' in next ? value : next.value })
            if (!('problem' in next)) onValue(next.value)
          }}
          placeholder={placeholder}
          type="text"
          value={text}
        />
        {unit !== undefined && <span id={`${id}-unit`}>{unit}</span>}
      </span>
      {problem !== undefined && (
        <output className={styles.problem} id={`${id}-note`}>
          {problem}
        </output>
      )}
    </div>
  )
}

type Bounds = Pick<NumberFieldProps, 'least' | 'most' | 'whole' | 'placeholder'>

function readNumber(
  text: string,
  { least, most, whole, placeholder }: Bounds,
): { value: number | undefined } | { problem: string } {
  const trimmed = text.trim().replace(',', '.')
  if (trimmed === '' && placeholder !== undefined) return { value: undefined }
  const value = /^\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : Number.NaN
  if (Number.isNaN(value)) return { problem: 'Write a number.' }
  if (whole === true && !Number.isInteger(value)) return { problem: 'Write a whole number.' }
  if (value < least || value > most) return { problem: `From ${least} to ${most}.` }
  return { value }
}

/** As short as it can be said exactly enough: 16.777216 stays, 0.1 + 0.2 does not show its tail. */
const format = (value: number | undefined) => (value === undefined ? '' : String(Number(value.toPrecision(12))))
