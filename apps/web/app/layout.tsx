// The frame around every page: header, footer, metadata. Knows nothing of sharing.
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { Mark } from '../features/ui/mark'
import './globals.css'
import { pathOf, publicAddressOf } from '../session/base-path'
import styles from './layout.module.css'
import { Places } from './places'

const DESCRIPTION = 'Share files by link, straight from browser to browser. Everyone who downloads also helps to send.'

export const metadata: Metadata = {
  title: 'Swarmdrop',
  description: DESCRIPTION,
  referrer: 'no-referrer',
  manifest: pathOf('/manifest.webmanifest'),
  icons: {
    apple: pathOf('/apple-touch-icon.png'),
    icon: [
      { url: pathOf('/favicon.ico'), sizes: '16x16 32x32 48x48' },
      { url: pathOf('/icon.svg'), type: 'image/svg+xml', sizes: 'any' },
    ],
  },
  // Titles and sentences of the other pages are their own. The server does not know what is shared, so nothing here
  // says it.
  openGraph: { type: 'website', siteName: 'Swarmdrop' },
  twitter: { card: 'summary_large_image' },
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
      <head>
        {/* Next.js would make a whole address of it, and does not know ours. */}
        <meta content={publicAddressOf('/link-picture.png')} property="og:image" />
        <meta content="1200" property="og:image:width" />
        <meta content="630" property="og:image:height" />
        <meta content="A cross of four squares, connected to smaller crosses around it" property="og:image:alt" />
      </head>
      <body>
        <header className={styles.header}>
          {/* A plain link: leaving a link page is a fresh start, not a change of route. */}
          <a className={styles.home} href={pathOf('/')}>
            <Mark />
            Swarmdrop
          </a>
          <Places />
        </header>
        <main className={styles.main}>{children}</main>
        <footer className={styles.footer}>
          <p>Swarmdrop passes files straight from browser to browser.</p>
          <nav aria-label="More" className={styles.more}>
            <a href={pathOf('/check')}>Connection check</a>
          </nav>
        </footer>
      </body>
    </html>
  )
}
