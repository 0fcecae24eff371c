// Draws a link as a QR code. Knows nothing of what the link opens.
import { useMemo } from 'react'
import { encode } from 'uqr'
import styles from './qr-code.module.css'

export function QrCode({ text, label }: { text: string; label: string }) {
  const { path, size } = useMemo(() => outline(text), [text])
  return (
    <svg
      aria-label={label}
      className={styles.code}
      role="img"
      shapeRendering="crispEdges"
      viewBox={`0 0 ${size} ${size}`}
    >
      <path d={path} fill="#000" />
    </svg>
  )
}

/** One rectangle for each run of dark modules in a row. */
function outline(text: string): { path: string; size: number } {
  // Two modules of margin; the white card around it makes the four that the standard asks for.
  const { data, size } = encode(text, { ecc: 'M', border: 2 })
  const runs = data.flatMap((row, y) =>
    [
      ...row
        .map((dark) => (dark ? '1' : '0'))
        .join('')
        .matchAll(/1+/g),
    ].map(({ 0: run, index }) => `M${index} ${y}h${run.length}v1h-${run.length}z`),
  )
  return { path: runs.join(''), size }
}
