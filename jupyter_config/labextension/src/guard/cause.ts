/** Why a lesson could not be saved. */
export type Cause = 'full' | 'locked' | 'other';

const CAUSES: readonly (readonly [Cause, RegExp])[] = [
  ['full', /Errno 28|No space left|disk quota|WinError 112/i],
  ['locked', /Errno (?:1|13|30)\]|Permission denied|Read-only file system|WinError 5\]/i],
];

/** The cause in the server's own words, which are English on any page, as one that can be told in the learner's. */
export function causeOf(told: string): Cause {
  return CAUSES.find(([, words]) => words.test(told))?.[0] ?? 'other';
}
