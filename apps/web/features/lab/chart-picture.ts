// The known figure of this page as a PNG, on the page's own ground. Knows nothing of what is drawn.
import { saveBlob } from './save-file'

export function saveChart(): void {
  const figure = document.querySelector<HTMLElement>('[data-known-figure]')
  const drawn = figure?.querySelector('canvas')
  if (!figure || !drawn) return
  const picture = document.createElement('canvas')
  picture.width = drawn.width
  picture.height = drawn.height
  const context = picture.getContext('2d')
  if (!context) return
  context.fillStyle = getComputedStyle(figure).getPropertyValue('--ground')
  context.fillRect(0, 0, picture.width, picture.height)
  context.drawImage(drawn, 0, 0)
  picture.toBlob((blob) => blob && saveBlob('swarmdrop-figure.png', blob))
}
