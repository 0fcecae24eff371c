// One setting: its name, a slider, a number with its unit, and what is wrong with it. What cannot be read changes nothing.
import { type ReactNode, useId } from 'react'
import controls from '../ui/controls.module.css'
import styles from './setting.module.css'
import { type Typing, useTyped } from './use-typed'

type SettingProps = Typing & {
  /** `name` for a screen reader; `label` for the eye. */
  name: string
  label: ReactNode
  unit: string
  slider: { max: number; min?: number; at: number; from: (step: number) => number | undefined }
  placeholder?: string
  testId: string
}

export function Setting({ name, label, unit, slider, placeholder, testId, ...typing }: SettingProps) {
  const { shown, problem, onChange, forget } = useTyped(typing)
  const id = useId()
  return (
    <div className={styles.setting}>
      <span className={styles.label}>{label}</span>
      <input
        aria-label={`${name}, slider`}
        aria-valuetext={typing.value === undefined ? placeholder : `${typing.text} ${unit}`}
        className={styles.slider}
        max={slider.max}
        min={slider.min ?? 0}
        onChange={(event) => {
          forget()
          typing.onValue(slider.from(event.currentTarget.valueAsNumber))
        }}
        type="range"
        value={slider.at}
      />
      <span className={styles.line}>
        <input
          aria-describedby={`${id}-unit ${id}-note`}
          aria-invalid={problem !== undefined}
          aria-label={name}
          autoComplete="off"
          className={`${controls.field} ${controls.figures} ${styles.field}`}
          data-testid={testId}
          inputMode="decimal"
          onChange={onChange}
          placeholder={placeholder}
          type="text"
          value={shown}
        />
        <span className={styles.unit} id={`${id}-unit`}>
          {unit}
        </span>
      </span>
      <output className={styles.problem} id={`${id}-note`}>
        {problem}
      </output>
    </div>
  )
}
