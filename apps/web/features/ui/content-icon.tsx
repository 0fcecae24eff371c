// What is shared, as a sign: by its name alone, as nothing of it is here yet. Decoration next to the name, which says
// it in words.
import styles from './content-icon.module.css'
import { type ContentKind, kindByName } from './content-kind'

const SHEET = 'M12 5h16l8 8v30H12zM28 5v8h8'

/** The lines of each icon, in a square of 48 by 48. */
const LINES: Record<ContentKind, string> = {
  folder: 'M6 12h13l4 5h19v22H6z',
  files: 'M10 13h14l6 6v24H10zM24 13v6h6M17 13V6h14l7 7v24h-8',
  image: 'M6 10h36v28H6zM6 33l11-11 9 9 6-6 10 10M31 19a2 2 0 1 1-4 0a2 2 0 1 1 4 0z',
  video: 'M6 11h36v26H6zM20 18v12l11-6z',
  audio: 'M18 36V12l20-4v24M18 36a5 5 0 1 1-10 0a5 5 0 1 1 10 0zM38 32a5 5 0 1 1-10 0a5 5 0 1 1 10 0z',
  text: `${SHEET}M18 21h12M18 27h12M18 33h8`,
  archive: `${SHEET}M20 5v4h4v4h-4v4h4v4h-4v4h4v8h-4v-8`,
  file: SHEET,
}

type ContentIconProps = { name: string; files: readonly { path: string }[] }

export function ContentIcon(content: ContentIconProps) {
  return (
    <span className={styles.icon}>
      <svg
        aria-hidden="true"
        fill="none"
        height="36"
        stroke="currentColor"
        strokeLinecap="round"
        strokeLinejoin="round"
        strokeWidth="2.5"
        viewBox="0 0 48 48"
        width="36"
      >
        <path d={LINES[kindByName(content)]} />
      </svg>
    </span>
  )
}
