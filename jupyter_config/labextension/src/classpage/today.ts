import { button, el } from '../dom';
import { say } from '../page';
import { type Desk, folded, labelled, nothing } from './parts';
import type { Line, Today, Waiting } from './server';
import { notebookUrl } from './ways';

/** So many things behind a line are made at once. */
const MOST_AT_ONCE = 50;
/** The lines behind which something can be written. */
const WRITTEN_IN = new Set(['stuck', 'remind']);

/** What to do next, a line each, with the button that does it or leads there. */
export async function drawToday(desk: Desk): Promise<HTMLElement[]> {
  const now = await desk.server.today();
  const draft = now.draft ? [el('p', {}, now.draft)] : [];
  return [el('h1', {}, say('today.title')), ...collecting(desk, now), lines(desk, now), ...draft];
}

function collecting(desk: Desk, now: Today): HTMLElement[] {
  if (!now.exchange) return []; // what has arrived is taken by itself
  const collect = button(say('today.collect'), () => desk.act('collect', {}), { 'data-key': 'collect' });
  return [el('p', { class: 'penguin-desk-collect' }, collect, ` ${say('today.collect_exchange')}`)];
}

function lines(desk: Desk, now: Today): HTMLElement {
  if (!now.learners) return nothing('today.nobody');
  if (!now.released) return nothing('today.not_out');
  if (!now.lines.length) return nothing('today.nothing');
  return el('ol', { class: 'penguin-desk-today' }, ...now.lines.map((each) => line(desk, each)));
}

function line(desk: Desk, each: Line): HTMLElement {
  const key = `${each.kind}-${each.lesson}`;
  const details = each.details.length ? [behind(desk, each, `${key}-details`)] : [];
  return el(
    'li',
    { 'data-kind': each.kind },
    el('div', { class: 'penguin-desk-line' }, el('span', {}, each.text), ...way(desk, each, key)),
    ...details,
  );
}

/** What stands behind a line; a long list of names is made when it is opened, where nobody writes in it. */
function behind(desk: Desk, each: Line, key: string): HTMLDetailsElement {
  if (each.details.length <= MOST_AT_ONCE || WRITTEN_IN.has(each.kind))
    return folded(key, say('part.details'), inside(desk, each));
  const made = folded(key, say('part.details'));
  const fill = (): void => made.append(inside(desk, each));
  made.addEventListener('toggle', fill, { once: true }); // it begins closed
  return made;
}

/** The button that does a line, or leads to where it is done. */
function way(desk: Desk, each: Line, key: string): HTMLElement[] {
  const attributes = { class: 'penguin-primary', 'data-key': key };
  const { lesson, step } = each;
  if (step) return [button(say(`today.${step}`), () => desk.act(step, { lesson }), attributes)];
  if (each.leads === 'notebook') {
    const link = { class: 'penguin-desk-way', href: notebookUrl(), target: '_blank', rel: 'noopener' };
    return [el('a', { ...link, 'data-key': key }, say('today.notebook'))];
  }
  if (each.leads === 'learners') {
    const learner = each.details[0]?.student;
    return [button(say('today.learners'), () => desk.go({ place: 'learners', learner }), attributes)];
  }
  if (each.leads === 'questions')
    return [button(say('today.questions'), () => desk.go({ place: 'questions' }), attributes)];
  if (each.leads === 'answers') {
    const exercise = each.details[0]?.exercise;
    return [button(say('today.answers'), () => desk.go({ place: 'answers', lesson, exercise }), attributes)];
  }
  return [];
}

function inside(desk: Desk, of: Line): HTMLElement {
  return el('ul', {}, ...of.details.map((each) => el('li', {}, ...thing(desk, of, each))));
}

function thing(desk: Desk, of: Line, each: Waiting): HTMLElement[] {
  const said = [each.student ? each.name : '', each.text].filter(Boolean);
  // a line about a learner may begin with the name already
  const text = each.text.startsWith(each.name) || of.kind === 'comment' ? [each.text] : said;
  const shown =
    of.kind === 'remind'
      ? el('span', {}, each.name)
      : el('span', {}, of.kind === 'comment' ? `${each.name}: ${each.text}` : text.join(': '));
  const ways: HTMLElement[] = [];
  if (each.student) {
    const open = (): void => desk.go({ place: 'learners', learner: each.student });
    ways.push(
      button(say('today.learners'), open, { 'aria-label': `${say('today.learners')}: ${each.name}` }),
    );
  }
  if (each.place)
    ways.push(
      button(say('today.done'), () => desk.act('dismiss', { place: each.place, lesson: each.lesson })),
    );
  const word =
    of.kind === 'stuck' ? [wordTo(desk, each)] : of.kind === 'remind' ? [reminderTo(desk, each)] : [];
  return [shown, ...ways, ...word];
}

/** A word to somebody who is stuck, from where the line says so. */
function wordTo(desk: Desk, each: Waiting): HTMLElement {
  const { student, exercise, lesson } = each;
  const text = el('textarea', { rows: '2', 'data-key': `word-${student}-${exercise}` });
  const send = (): unknown =>
    text.value.trim() && desk.act('word', { student, exercise, text: text.value, lesson }, text);
  return el(
    'div',
    { class: 'penguin-desk-form' },
    labelled(say('today.word', { name: each.name }), text),
    button(say('today.send'), send),
  );
}

/** The draft of a reminder, to be sent as it is or changed. */
function reminderTo(desk: Desk, { lesson, student, name, text }: Waiting): HTMLElement {
  const draft = el('textarea', { rows: '3', 'data-key': `remind-${lesson}-${student}` });
  draft.defaultValue = text;
  const send = (): unknown =>
    draft.value.trim() && desk.act('remind', { lesson, students: [student], text: draft.value }, draft);
  return el(
    'div',
    { class: 'penguin-desk-form' },
    labelled(say('today.remind_text', { name }), draft),
    button(say('today.send'), send),
  );
}
