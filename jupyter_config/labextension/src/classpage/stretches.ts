import { el } from '../dom';
import { say } from '../page';
import { list } from './parts';
import type { StretchState } from './table';

const STATES: StretchState[] = ['done', 'begun', 'open'];

/** A small square for each stretch of a lesson; what they say is heard by `stretchesSaid`. */
export function drawStretches(stretches: readonly StretchState[]): HTMLElement[] {
  if (!stretches.length) return [];
  const squares = stretches.map((state) => el('i', { class: `penguin-stretch-${state}` }));
  return [el('span', { class: 'penguin-stretches', 'aria-hidden': 'true' }, ...squares)];
}

/** The stretches that are done and begun, by their numbers; empty for a lesson that has none. */
export function stretchesSaid(stretches: readonly StretchState[]): string {
  const numbers = (state: StretchState): string =>
    list(stretches.flatMap((each, at) => (each === state ? [String(at + 1)] : [])));
  const told = (['done', 'begun'] as const).flatMap((state) =>
    numbers(state) ? [say(`stretch.${state}_of`, { numbers: numbers(state) })] : [],
  );
  if (!stretches.length) return '';
  return say('stretch.said', {
    count: stretches.length,
    told: told.join(say('part.comma')) || say('stretch.none'),
  });
}

/** What the squares mean. */
export function stretchLegend(): HTMLElement[] {
  return STATES.map((state) => el('li', {}, ...drawStretches([state]), say(`stretch.${state}`)));
}
