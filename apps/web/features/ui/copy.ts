// Puts text on the clipboard, on plain HTTP too, where `navigator.clipboard` does not exist.

/**
 * Copies a field's text; resolves with whether it got there. `field` is left selected, so that copying by hand is one
 * key away.
 */
export function copyFrom(field: HTMLInputElement): Promise<boolean> {
  selectWhole(field)
  return copySelected(field.value)
}

/** Copies the text of an element that shows it, as `copyFrom`. */
export function copyTextOf(element: HTMLElement): Promise<boolean> {
  window.getSelection()?.selectAllChildren(element)
  return copySelected(element.textContent)
}

async function copySelected(text: string): Promise<boolean> {
  try {
    if (navigator.clipboard !== undefined) {
      await navigator.clipboard.writeText(text)
      return true
    }
  } catch {
    // Not allowed in this frame or by this person; the old way may still be.
  }
  return document.execCommand('copy')
}

/** Selects a field from the end to the start, so that what shows of a long link is its beginning. */
export function selectWhole(field: HTMLInputElement): void {
  field.focus()
  field.setSelectionRange(0, field.value.length, 'backward')
  field.scrollLeft = 0
}
