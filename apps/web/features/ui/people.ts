// The colour and the shape by which a person is known in every picture, and how far that person is. Knows nothing of
// how it is drawn.
import type { NeighbourSnapshot } from '@swarmdrop/peer'
import { percentOf } from './format'

/** Okabe–Ito; `ink` stands for its black, which must turn white on a dark page. */
export const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#f0e442', 'ink'] as const
export const SHAPES = ['circle', 'square', 'triangle', 'diamond', 'cross'] as const

export type Colour = (typeof COLOURS)[number]
export type Shape = (typeof SHAPES)[number]

/** Outlines in a square of 14 by 14, as SVG and canvas both read them. */
export const OUTLINES: Record<Shape, string> = {
  circle: 'M7 1.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z',
  square: 'M2 2h10v10H2z',
  triangle: 'M7 1.5 13 12.5H1z',
  diamond: 'M7 .8 13.2 7 7 13.2 .8 7z',
  cross: 'M5 1.5h4V5h3.5v4H9v3.5H5V9H1.5V5H5z',
}

/** Eight colours and five shapes have no common divisor: the first forty people all look different. */
export function lookOf(number: number): { colour: Colour; shape: Shape } {
  const index = Math.max(0, number - 1)
  return {
    colour: COLOURS[index % COLOURS.length] ?? 'ink',
    shape: SHAPES[index % SHAPES.length] ?? 'circle',
  }
}

const COLOUR_WORDS: Record<Colour, string> = {
  '#0072b2': 'blue',
  '#e69f00': 'orange',
  '#009e73': 'green',
  '#cc79a7': 'pink',
  '#56b4e9': 'light blue',
  '#d55e00': 'red',
  '#f0e442': 'yellow',
  ink: 'black',
}

/**
 * The number whose look a mark of a class has, from 1. Without those in ink: they are black on one page and white on
 * the next, and no word would find them on both. The first 35 all look different.
 */
export const numberOfMark = (mark: number): number => mark + Math.floor(Math.max(0, mark - 1) / (COLOURS.length - 1))

/** "orange square" */
export function markInWords(mark: number): string {
  const { colour, shape } = lookOf(numberOfMark(mark))
  return `${COLOUR_WORDS[colour]} ${shape}`
}

type Progress = Pick<NeighbourSnapshot, 'complete' | 'chunksHeld' | 'chunksChosen'>

/** The percentage of what this person wants: one who has chosen a few files is done with these. */
export const percentOfPerson = ({ complete, chunksHeld, chunksChosen }: Progress): number =>
  complete ? 100 : chunksChosen === 0 ? 0 : percentOf(chunksHeld, chunksChosen)

export const hasAllItWants = ({ complete, chunksHeld, chunksChosen }: Progress): boolean =>
  complete || (chunksHeld > 0 && chunksHeld >= chunksChosen)

/** `chunkCount`: of the whole. */
export const wantsPart = ({ chunksChosen }: Pick<Progress, 'chunksChosen'>, chunkCount: number): boolean =>
  chunksChosen > 0 && chunksChosen < chunkCount

export const personName = (number: number): string => `Person ${number}`

/**
 * A person's name as the device calls itself, or by number. The text is somebody else's: show it as text of a direction
 * of its own (`<bdi>`).
 */
export const calledPerson = ({ name, number }: Pick<NeighbourSnapshot, 'name' | 'number'>): string =>
  name ?? personName(number)
