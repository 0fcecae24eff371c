// How unlike two words are. Knows no words.

/**
 * Letters to add, leave out, replace, or swap with the next one, to make one of the other (Damerau and Levenshtein,
 * each swap once).
 */
export function lettersApart(one: string, other: string): number {
  let twoAbove: number[] = []
  let above = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row++) {
    const here = [row]
    for (let column = 1; column <= other.length; column++) {
      const replaced = (above[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1)
      const cheapest = Math.min((above[column] ?? 0) + 1, (here[column - 1] ?? 0) + 1, replaced)
      const isSwap = row > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      here.push(isSwap ? Math.min(cheapest, (twoAbove[column - 2] ?? 0) + 1) : cheapest)
    }
    twoAbove = above
    above = here
  }
  return above[other.length] ?? 0
}
