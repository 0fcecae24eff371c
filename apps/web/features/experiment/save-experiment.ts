// The experiment as a file, as `npm run simulate` takes it. Knows no page.
import type { Experiment } from '@swarmdrop/core/simulation'
import { saveText } from '../../session/files'

export const saveExperiment = (experiment: Experiment): void =>
  saveText(`${fileStem(experiment)}.json`, `${JSON.stringify(experiment, undefined, 2)}\n`, 'application/json')

/** A name that every system and every shell takes. */
export const fileStem = ({ name }: Experiment): string => stemOf(name, 'experiment')

/** `otherwise`: where nothing of the name can be in one. */
export const stemOf = (name: string, otherwise: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '') || otherwise
