// The frame around every page: header, footer, metadata. Knows nothing of sharing.
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { Mark } from '../features/ui/mark'
import './globals.css'
import { pathOf } from '../session/base-path'
import styles from './layout.module.css'

export const metadata: Metadata = {
  title: 'Swarmdrop',
  description: 'Share a file by link, straight from browser to browser. Whoever downloads it also passes it on.',
  referrer: 'no-referrer',
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#121215' },
  ],
}

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <header className={styles.header}>
          {/* A plain link: leaving a link page is a fresh start, not a change of route. */}
          <a className={styles.home} href={pathOf('/')}>
            <Mark />
            Swarmdrop
          </a>
        </header>
        <main className={styles.main}>{children}</main>
        <footer className={styles.footer}>
          <p>Swarmdrop passes files from browser to browser. Whoever downloads one also helps to send it.</p>
          <nav aria-label="More" className={styles.more}>
            <a href={pathOf('/theory')}>How long must it take?</a>
            <a href={pathOf('/lab')}>Watch a file spread</a>
            <a href={pathOf('/check')}>Connection check</a>
          </nav>
        </footer>
      </body>
    </html>
  )
}
