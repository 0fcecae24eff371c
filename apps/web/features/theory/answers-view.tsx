// What theory answers, in large numbers and in a sentence. Computes nothing.

import type { TheoryState } from '../experiment/theory-state'
import controls from '../ui/controls.module.css'
import { formatSpan } from '../ui/format'
import { Term } from '../ui/term'
import { type Answers, bindingInWords, nextQuestion, speedUpInWords } from './answers'
import styles from './theory.module.css'

type AnswersViewProps = { state: TheoryState; answers: Answers; onChange: (change: Partial<TheoryState>) => void }

export function AnswersView({ state, answers, onChange }: AnswersViewProps) {
  const next = nextQuestion(state, answers)
  const figures = [
    {
      testId: 'theory-client-server',
      seconds: answers.clientServer,
      name: <Term means="The server alone sends a copy to every peer: max(N·F/us, F/dmin).">Client-server</Term>,
    },
    {
      testId: 'theory-p2p',
      seconds: answers.p2p,
      name: (
        <Term means="Everyone who has a part passes it on, in pieces as small as you like: max(F/us, F/dmin, N·F/(us + Σu)).">
          Peer-to-peer
        </Term>
      ),
    },
    {
      testId: 'theory-chunked',
      seconds: answers.chunked,
      name: (
        <Term means="A peer can pass on a chunk only once it has the whole of it, 256 KiB.">With whole chunks</Term>
      ),
    },
  ]
  return (
    <section aria-label="Shortest possible time" className={styles.answers}>
      <dl className={`${styles.figures} ${controls.figures}`}>
        {figures.map(({ testId, seconds, name }) => (
          <div key={testId}>
            <dt>{name}</dt>
            <dd data-seconds={seconds} data-testid={testId}>
              {formatSpan(seconds)}
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles.binding} data-binding={answers.terms[0].binding} data-testid="theory-binding">
        {bindingInWords(state, answers)} {speedUpInWords(answers)}
      </p>
      <p className={styles.next}>
        <span className={controls.quiet}>Next:</span>
        <button
          className={controls.plain}
          data-testid="theory-next"
          onClick={() => onChange(next.change)}
          type="button"
        >
          {next.words}
        </button>
      </p>
    </section>
  )
}
