// Runs one program to its end. Knows nothing of what it is for.
import { spawn } from 'node:child_process'
import { root } from './project.mjs'

/**
 * Resolves when the program has ended, also when it failed or could not be started (code 127).
 * With `show` its output goes to the terminal as it comes; without, it is kept and returned.
 * @param {string[]} commandLine
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, show?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run([command = '', ...args], { cwd = root, env = {}, show = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.stderr?.on('data', (chunk) => (output += chunk))

    // Anyone who stops us means the program too. We end when it has ended, with the code that a signal gives.
    let stoppedBy = 0
    /** @param {NodeJS.Signals} signal */
    const stop = (signal) => {
      stoppedBy = signal === 'SIGINT' ? 130 : 143
      child.kill(signal)
    }
    process.on('SIGINT', stop).on('SIGTERM', stop)
    /** @param {number} code */
    const end = (code) => {
      process.off('SIGINT', stop).off('SIGTERM', stop)
      if (stoppedBy) process.exit(stoppedBy)
      resolve({ code, output })
    }
    child.on('error', (error) => {
      output += `${command}: ${error.message}\n`
      end(127)
    })
    child.on('close', (code) => end(code ?? 1))
  })
}
