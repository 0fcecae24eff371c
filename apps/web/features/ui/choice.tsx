// One of a few, from a list. Knows nothing of what they are.
import { useId } from 'react'
import controls from './controls.module.css'
import { Field, type FieldName } from './field'
import { atBeginning } from './format'

type ChoiceProps<Value extends string> = FieldName & {
  /** The options in their order, with what each is called within a sentence. */
  options: Record<Value, string>
  value: Value
  onChoose: (value: Value) => void
  testId?: string
}

export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { label, shown, means, options, value, onChoose, testId } = props
  const id = useId()
  return (
    <Field id={id} label={label} means={means} shown={shown}>
      <select
        aria-label={label}
        className={controls.field}
        data-testid={testId}
        id={id}
        onChange={({ currentTarget }) => onChoose(currentTarget.value as Value)}
        value={value}
      >
        {Object.entries<string>(options).map(([option, words]) => (
          <option key={option} value={option}>
            {atBeginning(words)}
          </option>
        ))}
      </select>
    </Field>
  )
}
