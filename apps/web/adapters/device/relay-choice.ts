// Remembers whether this browser shows its address to nobody but a relay. Knows nothing of connections.
import type { RelayChoice, TextMemory } from '@swarmdrop/peer'

/** The choice as it is remembered; where it cannot be kept, it holds for this page. */
export function rememberedRelayChoice(memory: TextMemory): RelayChoice {
  let chosen: boolean | undefined
  return {
    isRelayOnly() {
      chosen ??= memory.read() === 'yes'
      return chosen
    },
    chooseRelayOnly(relayOnly) {
      chosen = relayOnly
      if (relayOnly) memory.write('yes')
      else memory.clear()
    },
  }
}
