// A number with its unit, typed or set by a slider. What cannot be read is explained beneath, and changes nothing.
import { useId, useState } from 'react'
import controls from './controls.module.css'
import { Field, type FieldName } from './field'
import styles from './field.module.css'
import { COUNT, type NumberRange, rangeProblem, readNumber, type Unit, written } from './read-number'
import { fromStep, type Scale, stepsOf, toStep } from './scale'

/** The value in bytes, or what the unit is made of. With a `placeholder`, the field may be empty, and shows it. */
type Value =
  | { value: number; placeholder?: undefined; onValue: (value: number) => void }
  | { value: number | undefined; placeholder: string; onValue: (value: number | undefined) => void }

type NumberFieldProps = FieldName &
  Value & {
    /** The unit; absent: a whole number of what the label says. */
    unit?: Unit
    least: number
    most: number
    slider?: Scale
    testId?: string
    disabled?: boolean
  }

/** Past a slider's end, so many steps: no value. */
const EMPTY_STEPS = 20

export function NumberField(props: NumberFieldProps) {
  const { label, shown, means, value, placeholder, unit = COUNT, least, most, slider, testId, disabled } = props
  const range: NumberRange = { unit, least, most, mayBeEmpty: placeholder !== undefined }
  const id = useId()
  // What was typed stays as it is, wrong or right, until the value is set elsewhere.
  const [typed, setTyped] = useState<{ text: string; value: number | undefined }>()
  const isTyped = typed !== undefined && Object.is(typed.value, value)
  const text = isTyped ? typed.text : written(value, unit)
  const problem = isTyped ? problemIn(text, range) : value === undefined ? undefined : rangeProblem(value, range)
  const set = (next: number | undefined) => {
    if (next !== undefined) props.onValue(next)
    else if (props.placeholder !== undefined) props.onValue(next)
  }
  return (
    <Field hasSlider={slider !== undefined} id={id} label={label} means={means} shown={shown}>
      {slider !== undefined && (
        <input
          aria-label={`${label}, slider`}
          aria-valuetext={value === undefined ? placeholder : `${written(value, unit)} ${unit.name}`.trim()}
          className={styles.slider}
          max={stepsOf(slider) + (placeholder === undefined ? 0 : EMPTY_STEPS)}
          min={0}
          onChange={({ currentTarget: { valueAsNumber: step } }) => {
            setTyped(undefined)
            set(step > stepsOf(slider) ? undefined : fromStep(step, slider, least))
          }}
          type="range"
          value={value === undefined ? stepsOf(slider) + EMPTY_STEPS : toStep(value, slider)}
        />
      )}
      <span className={styles.line}>
        <input
          aria-describedby={`${id}-unit ${id}-note`}
          aria-invalid={problem !== undefined}
          aria-label={means === undefined && shown !== null ? undefined : label}
          autoComplete="off"
          className={`${controls.field} ${controls.figures} ${styles.number}`}
          data-testid={testId}
          disabled={disabled}
          id={id}
          inputMode="decimal"
          onChange={({ currentTarget }) => {
            const read = readNumber(currentTarget.value, range)
            setTyped({ text: currentTarget.value, value: 'problem' in read ? value : read.value })
            if (!('problem' in read)) set(read.value)
          }}
          placeholder={placeholder}
          type="text"
          value={text}
        />
        <span className={styles.unit} id={`${id}-unit`}>
          {unit.name}
        </span>
      </span>
      <output className={styles.problem} id={`${id}-note`}>
        {problem}
      </output>
    </Field>
  )
}

function problemIn(text: string, range: NumberRange): string | undefined {
  const read = readNumber(text, range)
  return 'problem' in read ? read.problem : undefined
}
