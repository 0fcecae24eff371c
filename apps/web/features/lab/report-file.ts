// A part of this page as a file that stands by itself: its markup, and of the page's styles those that it uses. Knows
// nothing of what it says.

export function asDocument(part: HTMLElement, title: string): string {
  const root = document.createElement('title')
  root.textContent = title
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${root.outerHTML}
<style>
html { font: 16px/1.5 system-ui, sans-serif; }
body { margin: 24px auto; max-width: 800px; padding: 0 16px; }
${stylesOf(part).join('\n')}
</style>
</head>
<body>
${part.outerHTML}
</body>
</html>
`
}

function stylesOf(part: HTMLElement): string[] {
  const all = [part, ...part.querySelectorAll('*')]
  const used = (rule: CSSRule): string[] => {
    if (rule instanceof CSSStyleRule) return all.some((one) => one.matches(rule.selectorText)) ? [rule.cssText] : []
    if (!(rule instanceof CSSMediaRule)) return []
    const inner = [...rule.cssRules].flatMap(used)
    return inner.length > 0 ? [`@media ${rule.conditionText} { ${inner.join(' ')} }`] : []
  }
  return [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].flatMap(used))
}
