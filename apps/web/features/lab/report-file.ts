// A part of this page as a file that stands by itself: its markup, and of the page's styles those that it uses. Knows nothing of what
// it says.

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
  const isUsed = (rule: CSSRule) => rule instanceof CSSStyleRule && all.some((one) => one.matches(rule.selectorText))
  return [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].filter(isUsed).map(({ cssText }) => cssText))
}
