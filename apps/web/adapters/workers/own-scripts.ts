// Lets the page's own files become scripts and workers, and nothing else: its policy takes no text for a script's
// address that this has not seen. Knows nothing of what the scripts do.

type TrustedTypes = {
  createPolicy(name: 'default', rules: { createScriptURL(url: string): string | undefined }): unknown
}

/** Chromium and Safari ask; Firefox may not. What comes in undefined is refused by the browser. */
const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }

// A page alone has a policy to fulfil. In a worker, and where a module is loaded again in development, there is none to
// make.
if (trustedTypes && typeof document !== 'undefined') {
  const createScriptURL = (url: string) => {
    const { protocol, origin } = new URL(url, document.baseURI)
    return /^https?:$/.test(protocol) && origin === location.origin ? url : undefined
  }
  try {
    trustedTypes.createPolicy('default', { createScriptURL })
  } catch {
    // It is there already.
  }
}
