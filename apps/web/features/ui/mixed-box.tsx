// A checkbox that can also be half checked, as of a folder of which some is chosen.
import { useEffect, useRef } from 'react'
import styles from './mixed-box.module.css'

type MixedBoxProps = {
  label: string
  chosen: 'all' | 'some' | 'none'
  /** Half checked, a press checks it. */
  onChange: (isChosen: boolean) => void
  testId?: string
}

export function MixedBox({ label, chosen, onChange, testId }: MixedBoxProps) {
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current) box.current.indeterminate = chosen === 'some'
  }, [chosen])
  return (
    <input
      aria-label={label}
      checked={chosen === 'all'}
      className={styles.box}
      data-testid={testId}
      onChange={() => onChange(chosen !== 'all')}
      ref={box}
      type="checkbox"
    />
  )
}
