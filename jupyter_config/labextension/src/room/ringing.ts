import { button, el } from '../dom';
import { hasPart, say } from '../page';
import type { Standing } from '../server';

/** What rings in the BI room, each a way to it. */
export function ringing({ alerts }: Standing, ways: { openBi(at: string): Promise<void> }): HTMLElement[] {
  if (!hasPart('bi')) return [];
  return alerts.map(({ id, name }) => {
    const open = (): Promise<void> => ways.openBi(`alert/${id}`);
    return el('p', {}, button(say('home.ringing', { name }), open, { class: 'penguin-link' }));
  });
}
