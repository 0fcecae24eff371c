// Hears when what is painted on a canvas must be painted again though nothing in it has changed. Paints nothing.

/** Light turned dark, or the window moved to a screen of another density. */
export function onAppearanceChange(changed: () => void): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  dark.addEventListener('change', changed)
  let density: MediaQueryList | undefined
  const watch = () => {
    density = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`)
    density.addEventListener('change', moved, { once: true })
  }
  const moved = () => {
    changed()
    watch()
  }
  watch()
  return () => {
    dark.removeEventListener('change', changed)
    density?.removeEventListener('change', moved)
  }
}
