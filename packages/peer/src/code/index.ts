// Codes that are read aloud, by a door of their own: pages load them when somebody needs one.
export { completionsOf, readShareCode, type ShareCode } from '@swarmdrop/core/code'
export { CodeOffer, type CodePorts, type CodeSnapshot } from './code-offer'
export { type CodeOutcome, type CodeProblem, CodeVisit } from './code-visit'
export { WRONG_TRIES } from './offered-code'
