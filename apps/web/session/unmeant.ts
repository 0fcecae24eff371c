// What people rarely mean to share, told by its name: secrets, what is hidden, and what systems and programs leave
// behind. Knows nothing of what becomes of it.

/**
 * `private`: it may hold passwords or keys. `hidden`: file managers do not show it. `made`: a system or a program has
 * made it, and makes it again.
 */
export type UnmeantKind = 'private' | 'hidden' | 'made'
/** `name`: as it is on the disk, `.git`. `folder`: it is one, and `files` are in it; else so many have this name. */
export type Unmeant = { name: string; kind: UnmeantKind; folder: boolean; files: number }

// A repository has all that was ever in it, with what was taken out again.
const PRIVATE = [
  /^\.(env|ssh|gnupg|aws|azure|kube|docker|git|hg|svn|netrc|npmrc|pypirc|git-credentials|htpasswd|pgpass)$/i,
  /^\.env\.(?!example$|sample$|template$|dist$)/i,
  /^\.\w+_history$/i,
  /^_netrc$/i,
  /^id_(rsa|dsa|ecdsa|ed25519)(_sk)?( \(\d+\))?$/i,
  /\.(pem|ppk|p12|pfx|kdbx)$/i,
]

// `node_modules` is as good as hidden: nobody looks into it, it is installed again by one command, and it is mostly
// larger than the rest.
const MADE = [
  /^(\.DS_Store|\._.*|__MACOSX|\.Spotlight-V100|\.Trashes|\.fseventsd|\.TemporaryItems)$/i,
  /^(Thumbs\.db|ehthumbs\.db|desktop\.ini|\$RECYCLE\.BIN|System Volume Information)$/i,
  /^(\.directory|\.Trash-\d+|\.~lock\..*#|~\$.*)$/i,
  /^(node_modules|__pycache__)$/,
]

/** Hidden, and written to be passed on with the rest: a project would lack them. */
const MEANT =
  /^\.(git(ignore|attributes|modules|keep|hub)|github|gitlab-ci\.yml|editorconfig|well-known|htaccess|nojekyll|env\.\w+|(npm|docker|prettier|eslint)ignore)$/i

/** One test for nearly all names, as there may be tens of thousands. */
const SUSPECT = new RegExp([/^\./, ...PRIVATE, ...MADE].map(({ source }) => source).join('|'), 'i')

/** Why one name in a path may not be meant; undefined: nothing speaks against it. */
function kindOfName(name: string): UnmeantKind | undefined {
  if (!SUSPECT.test(name)) return undefined
  if (PRIVATE.some((pattern) => pattern.test(name))) return 'private'
  if (MADE.some((pattern) => pattern.test(name))) return 'made'
  return name.startsWith('.') && !MEANT.test(name) ? 'hidden' : undefined
}

/** A way to look at many paths, which mostly come one after another from the same folder. */
export function unmeantFinder(): (path: string) => Omit<Unmeant, 'files'> | undefined {
  let folder = ''
  let isClean = true
  return (path) => {
    const nameAt = path.lastIndexOf('/') + 1
    if (nameAt !== folder.length || !path.startsWith(folder)) {
      folder = path.slice(0, nameAt)
      isClean = folder.split('/').every((name) => kindOfName(name) === undefined)
    }
    return isClean && kindOfName(path.slice(nameAt)) === undefined ? undefined : unmeantIn(path.split('/'))
  }
}

function unmeantIn(names: readonly string[]): Omit<Unmeant, 'files'> | undefined {
  const kinds = names.map(kindOfName)
  const first = kinds.findIndex((kind) => kind !== undefined)
  const [name, own] = [names[first], kinds[first]]
  if (name === undefined || own === undefined) return undefined
  // What is made again by itself hides no secret of anybody's.
  const kind = own === 'hidden' && kinds.includes('private') ? 'private' : own
  return { name, kind, folder: first < names.length - 1 }
}

const ORDER: UnmeantKind[] = ['private', 'hidden', 'made']

/**
 * The paths that may not be meant, by name, the worst first. Somebody has thought of one file by itself, hidden or not:
 * only what looks private is worth a question then.
 */
export function unmeantAmong(paths: readonly string[]): Unmeant[] {
  const found = new Map<string, Unmeant>()
  const unmeantOf = unmeantFinder()
  for (const path of paths) {
    const one = unmeantOf(path)
    if (!one || (paths.length === 1 && one.kind !== 'private')) continue
    const before = found.get(one.name)
    if (!before) found.set(one.name, { ...one, files: 1 })
    else {
      before.files += 1
      if (one.kind === 'private') before.kind = 'private'
    }
  }
  return [...found.values()].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || b.files - a.files)
}
