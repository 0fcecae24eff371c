// The known figure of this page as a PNG: the plot and its key, on the page's own ground. Knows nothing of what is
// drawn.
import { saveBlob } from '../../session/files'

const LINE_PX = 24
const EDGE_PX = 16
const SWATCH = { width: 36, height: 14 }

/** Saves the figure as a picture; where a page has none, nothing happens. */
export async function saveChart(): Promise<void> {
  const figure = document.querySelector<HTMLElement>('[data-known-figure]')
  const plot = figure?.querySelector('canvas')
  if (!figure || !plot) return
  const scale = plot.width / plot.clientWidth
  const lines = [...figure.querySelectorAll('ul li')]
  const picture = document.createElement('canvas')
  picture.width = plot.width + 2 * EDGE_PX * scale
  picture.height = plot.height + (2 * EDGE_PX + (lines.length + 1.5) * LINE_PX) * scale
  const context = picture.getContext('2d')
  if (!context) return
  const look = getComputedStyle(figure)
  context.fillStyle = look.getPropertyValue('--ground')
  context.fillRect(0, 0, picture.width, picture.height)
  context.drawImage(plot, EDGE_PX * scale, EDGE_PX * scale)

  context.scale(scale, scale)
  context.fillStyle = look.color
  context.font = `15px ${look.fontFamily}`
  context.textBaseline = 'middle'
  let y = 2 * EDGE_PX + plot.height / scale + LINE_PX / 2
  context.fillText(figure.querySelector('p')?.textContent ?? '', EDGE_PX, y)
  for (const line of lines) {
    y += LINE_PX
    const [swatch, label, value] = line.children
    if (swatch instanceof SVGElement)
      context.drawImage(await imageOf(swatch), EDGE_PX, y - SWATCH.height / 2, SWATCH.width, SWATCH.height)
    const text = `${label?.textContent ?? ''}: ${value?.textContent ?? ''}`
    context.fillText(text, 2 * EDGE_PX + SWATCH.width, y)
  }
  picture.toBlob((blob) => blob && saveBlob(blob, 'swarmdrop-figure.png'))
}

/** An image of a sign as it is drawn here: an image of its own knows nothing of the page's colours. */
async function imageOf(swatch: SVGElement): Promise<HTMLImageElement> {
  const copy = swatch.cloneNode(true) as SVGElement
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  const [shown, drawn] = [swatch.firstElementChild, copy.firstElementChild]
  if (shown && drawn)
    for (const paint of ['fill', 'stroke'] as const) drawn.setAttribute(paint, getComputedStyle(shown)[paint])
  const image = new Image()
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`
  await image.decode()
  return image
}
