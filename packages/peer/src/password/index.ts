// Passwords besides links, by a door of their own: a page loads them when somebody sets or needs one.
export {
  LEAST_PASSWORD_CHARACTERS,
  MOST_PASSWORD_CHARACTERS,
  passwordKey,
  plainPassword,
  suggestedPassword,
} from '@swarmdrop/core/password'
export { PasswordGate } from './password-gate'
