'use client'
// The three places there are, in the header, and which of them this is.
import { usePathname } from 'next/navigation'
import { pathOf } from '../session/base-path'
import styles from './layout.module.css'

const PLACES = [
  { name: 'Share', path: '/' },
  { name: 'Lab', path: '/lab' },
  { name: 'Theory', path: '/theory' },
] as const

export function Places() {
  const pathname = usePathname()
  // A plain link each: leaving a page ends what it was doing, and the browser asks first.
  return (
    <nav aria-label="Swarmdrop" className={styles.places}>
      {PLACES.map(({ name, path }) => (
        <a aria-current={isAt(pathname, path) ? 'page' : undefined} href={pathOf(path)} key={path}>
          {name}
        </a>
      ))}
    </nav>
  )
}

/** A proxy may serve all of it below a path of its own. */
const isAt = (pathname: string, path: string) =>
  path === '/' ? !/\/(lab|theory|check)$/.test(pathname) : pathname.endsWith(path)
