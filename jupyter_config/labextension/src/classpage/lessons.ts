import { button, el } from '../dom';
import { say } from '../page';
import { choiceOf, day, type Desk, labelled, moment, nothing } from './parts';
import type { Timetable } from './server';
import type { ClassTable, Column } from './table';
import { queryUrl } from './ways';

/** Each lesson: whether it is out and until when, with what is done about all of it. */
export async function drawLessons(desk: Desk): Promise<HTMLElement[]> {
  const [table, timetable] = await Promise.all([desk.server.learners(), desk.server.timetable()]);
  const heads = ['lesson', 'state', 'due', 'handed_in', 'graded'].map((code) =>
    el('th', { scope: 'col' }, say(`lessons.${code}`)),
  );
  const rows = table.lessons.map((each) => row(desk, table, each));
  return [
    el('h1', {}, say('lessons.title')),
    el(
      'table',
      { class: 'penguin-desk-table' },
      el('thead', {}, el('tr', {}, ...heads, el('td'))),
      el('tbody', {}, ...rows),
    ),
    ...fromWork(),
    ...extension(desk, table),
    ...pairing(desk, table),
    ...byItself(desk, timetable),
  ];
}

/** The way to where a query from work becomes an exercise of the class's own course. */
function fromWork(): HTMLElement[] {
  const href = queryUrl();
  if (!href) return [];
  const way = el('a', { href, target: '_blank', rel: 'noopener' }, say('lessons.from_query'));
  return [el('p', {}, way, ` ${say('lessons.from_query_does')}`)];
}

function row(desk: Desk, table: ClassTable, each: Column): HTMLElement {
  const lesson = each.id;
  const own = table.squares.filter((one) => one.lesson === lesson);
  const graded = own.filter((one) => one.points !== null && one.state !== 'to_grade').length;
  const handed = own.filter((one) => one.state !== 'working').length;
  const due = el('input', {
    type: 'date',
    'aria-label': say('lessons.due_label', { lesson }),
    'data-key': `due-${lesson}`,
  });
  const release = button(
    say(each.released ? 'lessons.again' : 'lessons.release'),
    () => desk.act('release', { lesson, due: due.value }, due),
    {
      'data-key': `release-${lesson}`,
      'aria-label': `${say(each.released ? 'lessons.again' : 'lessons.release')}: ${lesson}`,
    },
  );
  const step = (name: 'grade' | 'give_back'): HTMLElement =>
    button(say(`lessons.${name}`), () => desk.act(name, { lesson }), {
      'data-key': `${name}-${lesson}`,
      'aria-label': `${say(`lessons.${name}`)}: ${lesson}`,
    });
  const steps = each.released && handed ? [step('grade'), step('give_back')] : [];
  return el(
    'tr',
    {},
    el('th', { scope: 'row' }, `${each.id} ${each.title}`),
    el('td', {}, say(each.released ? 'lessons.out' : 'learners.not_out')),
    el('td', {}, each.due ? day(each.due) : say('lessons.no_due')),
    el('td', {}, String(handed)),
    el('td', {}, String(graded)),
    el('td', { class: 'penguin-desk-steps' }, due, release, ...steps),
  );
}

function extension(desk: Desk, table: ClassTable): HTMLElement[] {
  const out = table.lessons.filter((each) => each.released);
  if (!out.length || !table.learners.length) return [];
  const lesson = choiceOf(
    out.map((each) => [each.id, each.id]),
    out[0]?.id ?? '',
    () => undefined,
  );
  const student = choiceOf(
    table.learners.map((each) => [each.id, each.name]),
    table.learners[0]?.id ?? '',
    () => undefined,
  );
  const days = el('input', { type: 'number', min: '0', max: '365', step: '0.5', value: '1' });
  const give = (): unknown =>
    desk.act('extend', { lesson: lesson.value, student: student.value, days: days.valueAsNumber });
  return [
    el('h2', {}, say('lessons.extend')),
    el(
      'div',
      { class: 'penguin-desk-form penguin-desk-choices' },
      labelled(say('lessons.lesson'), lesson),
      labelled(say('lessons.extend_learner'), student),
      labelled(say('lessons.extend_days'), days),
      button(say('lessons.extend_do'), give),
    ),
  ];
}

/** Two who hand in a lesson together. */
function pairing(desk: Desk, table: ClassTable): HTMLElement[] {
  if (table.learners.length < 2) return [];
  const lesson = choiceOf(
    table.lessons.map((each) => [each.id, each.id]),
    table.lessons[0]?.id ?? '',
    () => undefined,
  );
  const [one, other] = [0, 1].map((at) =>
    choiceOf(
      table.learners.map((each): [string, string] => [each.id, each.name]),
      table.learners[at]?.id ?? '',
      () => undefined,
    ),
  ) as [HTMLSelectElement, HTMLSelectElement];
  const pair = (): unknown => desk.act('pair', { lesson: lesson.value, one: one.value, other: other.value });
  const part = (): unknown => desk.act('part', { lesson: lesson.value, student: one.value });
  return [
    el('h2', {}, say('lessons.pair')),
    el('p', {}, say('lessons.pair_does')),
    el(
      'div',
      { class: 'penguin-desk-form penguin-desk-choices' },
      labelled(say('lessons.lesson'), lesson),
      labelled(say('lessons.pair_one'), one),
      labelled(say('lessons.pair_other'), other),
      button(say('lessons.pair_do'), pair),
      button(say('lessons.pair_part'), part),
    ),
  ];
}

/** The switch of the timetable, and what its latest runs did. */
function byItself(desk: Desk, { minutes, runs }: Timetable): HTMLElement[] {
  const known: [string, string][] = [
    ['0', say('timetable.never')],
    ['60', say('timetable.hour')],
    ['1440', say('timetable.day')],
  ];
  const other = known.some(([value]) => value === String(minutes))
    ? []
    : [[String(minutes), say('timetable.other', { minutes })] as [string, string]];
  const choice = choiceOf([...known, ...other], String(minutes), (value) => {
    void desk.act('timetable', { minutes: Number(value) });
  });
  choice.dataset.key = 'timetable';
  const done = runs.map((each) => el('li', {}, `${moment(each.at)} ${each.text}`));
  return [
    el('h2', {}, say('timetable.title')),
    el('p', {}, say('timetable.does')),
    labelled(say('timetable.every'), choice),
    el('h3', {}, say('timetable.runs')),
    runs.length ? el('ul', {}, ...done) : nothing('timetable.none'),
  ];
}
