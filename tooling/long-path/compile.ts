// Compiles a C program of this folder on the spot. Knows nothing of what it does.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** The path of the program, in `folder`. Throws where there is no C compiler. */
export function compile(name: string, folder: string): string {
  const program = join(folder, name)
  execFileSync('cc', ['-O2', '-o', program, join(import.meta.dirname, `${name}.c`)], { stdio: 'pipe' })
  return program
}
