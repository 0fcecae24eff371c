// The wall after a run: the first three, the last, and who gave most. Ranks nobody itself.
import controls from '../../ui/controls.module.css'
import { formatBytes, formatSeconds } from '../../ui/format'
import { numberOfMark } from '../../ui/people'
import { PersonMark } from '../../ui/person-mark'
import { ordinal } from '../rank'
import type { Podium, Ranked } from './podium'
import styles from './wall-podium.module.css'
import type { WallSaid } from './wall-said'

/** `said`: what came of the runs, in a few sentences. */
export function WallPodium({ podium, said }: { podium: Podium | undefined; said: WallSaid | undefined }) {
  if (!podium) return <p className={styles.none}>The podium fills when a run is over.</p>
  const { first, last, giver } = podium
  return (
    <div className={styles.podium}>
      <ol className={styles.steps}>
        {first.map((one, index) => (
          <Step key={one.id} place={index + 1} ranked={one} />
        ))}
      </ol>
      <dl className={styles.others}>
        {giver && (
          <div>
            <dt>Gave most</dt>
            <dd>
              <PersonMark number={numberOfMark(giver.mark)} size="1.4em" />
              <bdi>{giver.name}</bdi>
              <span className={controls.figures}>{formatBytes(giver.bytes)}</span>
            </dd>
          </div>
        )}
        {last && (
          <div>
            <dt>Last to finish</dt>
            <dd>
              <PersonMark number={numberOfMark(last.mark)} size="1.4em" />
              <bdi>{last.name}</bdi>
              <span className={controls.figures}>{formatSeconds(last.seconds)}</span>
            </dd>
          </div>
        )}
      </dl>
      {said && (
        <div className={styles.said} data-testid="wall-said" data-trusted={said.isTrusted ? 'yes' : 'no'}>
          {said.sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {said.next !== undefined && <p className={styles.next}>{said.next}</p>}
        </div>
      )}
    </div>
  )
}

function Step({ ranked: { name, mark, seconds }, place }: { ranked: Ranked; place: number }) {
  return (
    <li className={styles.step} data-mark={mark} data-place={place}>
      <PersonMark number={numberOfMark(mark)} size="2.8em" />
      <bdi className={styles.name}>{name}</bdi>
      <span className={`${styles.block} ${controls.figures}`}>
        <b>{ordinal(place)}</b>
        <span>{formatSeconds(seconds)}</span>
      </span>
    </li>
  )
}
