// What others see this device called, and a field to call it otherwise.
import { useId, useState } from 'react'
import { plainDeviceName, typeDeviceName, typedDeviceName } from '../../session/device-name'
import controls from './controls.module.css'
import styles from './device-name.module.css'

export function DeviceName() {
  const [text, setText] = useState(typedDeviceName)
  const id = useId()
  return (
    <div className={styles.name}>
      <label htmlFor={id}>This device’s name</label>
      <input
        aria-describedby={`${id}-note`}
        autoComplete="off"
        className={`${controls.field} ${styles.field}`}
        data-testid="device-name"
        id={id}
        maxLength={40}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value)
          typeDeviceName(currentTarget.value)
        }}
        placeholder={plainDeviceName()}
        spellCheck={false}
        type="text"
        value={text}
      />
      <p className={controls.quiet} id={`${id}-note`}>
        Only people you connect to from now on see it. The server does not.
      </p>
    </div>
  )
}
