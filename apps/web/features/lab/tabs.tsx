// A row of names, of which one is chosen. Knows nothing of what they show.
import { atBeginning } from '../ui/format'
import styles from './tabs.module.css'

type TabsProps = { label: string; names: readonly string[]; chosen: number; onChoose: (index: number) => void }

export function Tabs({ label, names, chosen, onChoose }: TabsProps) {
  return (
    <fieldset aria-label={label} className={styles.tabs}>
      {names.map((name, index) => (
        <button
          aria-pressed={index === chosen}
          className={styles.tab}
          // biome-ignore lint/suspicious/noArrayIndexKey: two runs may bear one name, and indices stay
          key={index}
          onClick={() => onChoose(index)}
          type="button"
        >
          {atBeginning(name)}
        </button>
      ))}
    </fieldset>
  )
}
