import { ServerConnection } from '@jupyterlab/services';

import { causeOf } from './guard/cause';
import { say } from './page';

/** A fault that says in the learner's own language what happened. */
export class Told extends Error {}

const OF_STATUS: Record<number, string> = {
  400: 'fault.not_readable',
  403: 'fault.not_yours',
  404: 'fault.missing',
  413: 'fault.too_large',
};

/** Why the server did not do what it was asked for, in the learner's language; its own words are English and go to the log. */
export async function whyNot(fault: unknown): Promise<string> {
  if (fault instanceof Told) return fault.message;
  console.warn('The server did not do what it was asked for', fault);
  if (fault instanceof ServerConnection.NetworkError) return say('fault.away');
  if (!(fault instanceof ServerConnection.ResponseError)) return say('fault.ours');
  const known = OF_STATUS[fault.response.status];
  if (known) return say(known);
  const words = await fault.response.text().catch(() => '');
  const cause = causeOf(words);
  return say(cause === 'other' ? 'fault.ours' : `fault.${cause}`);
}
