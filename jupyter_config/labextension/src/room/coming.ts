import { el } from '../dom';
import { hasPart, say } from '../page';
import type { Standing } from '../server';

/** So many days are told on which skills come back. */
const MOST_COMING = 3;

/** When skills come back that are not due yet: the next days on which some do. */
export function coming(where: Standing): HTMLElement[] {
  if (!hasPart('practice')) return [];
  const counts = new Map<string, number>();
  for (const each of where.skills) {
    if (each.phase === 'due' || !each.has_drills || !each.due_on) continue;
    counts.set(each.due_on, (counts.get(each.due_on) ?? 0) + 1);
  }
  const form = new Intl.DateTimeFormat(where.lang, {
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    timeZone: 'UTC',
  });
  const days = [...counts]
    .sort(([one], [other]) => one.localeCompare(other))
    .slice(0, MOST_COMING)
    .map(([day, count]) => say('home.coming_day', { day: form.format(new Date(`${day}T00:00:00Z`)), count }));
  if (!days.length) return [];
  return [el('p', { class: 'penguin-coming' }, say('home.coming', { days: days.join(' · ') }))];
}
