import { el } from '../dom';
import { desk, say } from '../page';
import type { DeskServer } from './server';

/** The seven places of the page. */
export const PLACES = ['today', 'learners', 'teams', 'answers', 'questions', 'lessons', 'exams'] as const;
export type PlaceName = (typeof PLACES)[number];

/** Where the page is: a place, and what of it is looked at (a learner's id, or a lesson and an exercise). */
export interface Where {
  place: PlaceName;
  learner?: string;
  lesson?: string;
  exercise?: string;
}

/** What a place needs of the page. */
export interface Desk {
  server: DeskServer;
  go(where: Where): void;
  /** Do a step that sends these fields; what came of it is said, and the place drawn anew if it was done. */
  act(step: string, body: object, ...sent: Field[]): Promise<void>;
}

/** What a mentor writes into. */
export type Field = HTMLTextAreaElement | HTMLInputElement;

/** The fields of a place in which something is written that was not sent. */
export function unsent(place: ParentNode): Field[] {
  return [...place.querySelectorAll<Field>('textarea, input')].filter(isChanged);
}

function isChanged(field: Field): boolean {
  if (field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type))
    return field.checked !== field.defaultChecked;
  return field.value !== field.defaultValue;
}

/** Take what is written over into the fields of the same `data-key` in another drawing. */
export function carryOver(fields: Field[], place: ParentNode): void {
  for (const from of fields) {
    const key = from.dataset.key;
    const to = key ? place.querySelector<Field>(`[data-key="${CSS.escape(key)}"]`) : null;
    if (!to) continue;
    to.value = from.value;
    if (from instanceof HTMLInputElement && to instanceof HTMLInputElement) to.checked = from.checked;
  }
}

/** Mark fields as sent once they are; what is written in the meantime stays unsent. */
export function sending(fields: Field[]): () => void {
  const sent = fields.map((each) => [each, each.value] as const);
  return () => {
    for (const [field, value] of sent) {
      if (field.value === value) field.value = field.defaultValue;
      if (field instanceof HTMLInputElement) field.checked = field.defaultChecked;
    }
  };
}

/** A moment as the page shows it: day and time here. */
export function moment(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '';
  return date.toLocaleString(desk?.lang ?? 'ja', {
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** A due date as the page shows it. */
export function day(at: string): string {
  return new Date(at).toLocaleDateString(desk?.lang ?? 'ja', { month: 'numeric', day: 'numeric' });
}

/** A field under its name; the name is what a screen reader says too. */
export function labelled<T extends HTMLElement>(name: string, field: T): HTMLLabelElement {
  return el('label', { class: 'penguin-desk-field' }, el('span', {}, name), field);
}

/** A choice of one; each option is what is sent and what is shown. */
export function choiceOf(
  options: [string, string][],
  chosen: string,
  choose: (value: string) => void,
): HTMLSelectElement {
  const made = el('select', {}, ...options.map(([value, name]) => el('option', { value }, name)));
  made.value = chosen;
  made.addEventListener('change', () => choose(made.value));
  return made;
}

/** Names one after the other, as the class's language writes it. */
export function list(names: readonly string[]): string {
  return names.join(say('part.comma'));
}

/** The task of an exercise as learners read it; its HTML is the course's own. */
export function taskOf(html: string): HTMLElement {
  const task = el('div', { class: 'penguin-desk-task' });
  task.innerHTML = html;
  return task;
}

/** SQL, or whatever somebody has written in its place: as text. */
export function written(text: string): HTMLElement {
  return el('pre', { class: 'penguin-desk-written', tabindex: '0' }, text);
}

/** What stands where there is nothing. */
export function nothing(code: string): HTMLElement {
  return el('p', { class: 'penguin-desk-none' }, say(code));
}

/** Something folded up; by its key it stays open when the place is drawn anew. */
export function folded(key: string, summary: string, ...inside: HTMLElement[]): HTMLDetailsElement {
  return el('details', { 'data-key': key }, el('summary', {}, summary), ...inside);
}
