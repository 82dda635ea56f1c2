import { button, el } from '../dom';
import { say } from '../page';
import { announcing } from './announcing';
import { choiceOf, day, type Desk, labelled, nothing } from './parts';
import { drawStretches, stretchesSaid, stretchLegend } from './stretches';
import type { ClassTable, Column, Learner, Square } from './table';

const MARKS: Record<Square['state'], string> = {
  nothing: '',
  working: '',
  to_grade: '●',
  refused: '✕',
  to_mark: '…',
  graded: '',
  returned: '✓',
};
let shown = '';

/** All lessons and learners, team by team. */
export async function drawLearners(desk: Desk): Promise<HTMLElement[]> {
  const table = await desk.server.learners();
  const head = [el('h1', {}, say('learners.title'))];
  if (!table.learners.length) return [...head, nothing('today.nobody')];
  const place = el('div', {
    class: 'penguin-desk-wide',
    tabindex: '0',
    role: 'region',
    'aria-label': say('learners.title'),
  });
  const fill = (): void => place.replaceChildren(matrix(desk, table));
  const names = [...new Set(table.learners.map((each) => each.team))];
  if (!names.includes(shown)) shown = '';
  const filter = choiceOf(
    [['', say('learners.all')], ...names.filter(Boolean).map((each): [string, string] => [each, each])],
    shown,
    (team) => {
      shown = team;
      fill();
    },
  );
  fill();
  const teams = names.some(Boolean) ? [labelled(say('learners.filter'), filter)] : [];
  return [...head, announcing(desk, table.learners), ...teams, legend(), place];
}

function legend(): HTMLElement {
  const states = (['to_grade', 'refused', 'to_mark', 'graded', 'returned'] as const).map((state) =>
    el(
      'li',
      {},
      el(
        'span',
        { class: `penguin-square penguin-square-${state}`, 'aria-hidden': 'true' },
        MARKS[state] || '80',
      ),
      say(`state.${state}`),
    ),
  );
  return el(
    'div',
    { class: 'penguin-desk-legend' },
    el('ul', {}, ...states, ...stretchLegend()),
    el('p', {}, say('learners.legend')),
  );
}

function matrix(desk: Desk, table: ClassTable): HTMLElement {
  const squares = new Map(table.squares.map((each) => [`${each.lesson} ${each.student}`, each]));
  const names = new Map(table.learners.map((each) => [each.id, each.name]));
  const teams = new Map<string, Learner[]>();
  for (const each of table.learners) {
    if (!shown || each.team === shown) teams.set(each.team, [...(teams.get(each.team) ?? []), each]);
  }
  const marked = table.squares.filter((each) => each.possible !== null);
  const full = new Map(marked.map((each) => [each.lesson, each.possible]));
  const heads = table.lessons.map((each) => columnHead(desk, each, full.get(each.id) ?? null));
  const withTeams = table.learners.some((each) => each.team);
  const bodies = [...teams].map(([team, learners]) =>
    el(
      'tbody',
      {},
      ...(withTeams ? [teamRow(team, table.lessons.length)] : []),
      ...learners.map((each) => row(desk, each, table.lessons, squares, names)),
    ),
  );
  const first = el('th', { scope: 'col' }, say('learners.learner'));
  return el('table', { class: 'penguin-matrix' }, el('thead', {}, el('tr', {}, first, ...heads)), ...bodies);
}

function columnHead(desk: Desk, each: Column, full: number | null): HTMLElement {
  const more = !each.released
    ? say('learners.not_out')
    : each.due
      ? say('learners.due', { day: day(each.due) })
      : say('learners.of', { count: each.exercises });
  const open = (): void => desk.go({ place: 'answers', lesson: each.id });
  const name = button(each.id, open, { title: each.title, 'aria-label': `${each.id} ${each.title}` });
  const marks = full === null ? [] : [el('small', {}, say('learners.full', { possible: full }))];
  return el('th', { scope: 'col' }, name, el('small', {}, more), ...marks);
}

function teamRow(team: string, count: number): HTMLElement {
  const head = el('th', { scope: 'colgroup', colspan: String(count + 1) }, team || say('learners.none'));
  return el('tr', { class: 'penguin-matrix-team' }, head);
}

function row(
  desk: Desk,
  learner: Learner,
  lessons: Column[],
  squares: Map<string, Square>,
  names: Map<string, string>,
): HTMLElement {
  const open = (): void => desk.go({ place: 'learners', learner: learner.id });
  const name = button(learner.name, open, { 'data-key': `learner-${learner.id}`, title: learner.id });
  return el(
    'tr',
    {},
    el('th', { scope: 'row' }, name),
    ...lessons.map((each) => square(learner, each, names, squares.get(`${each.id} ${learner.id}`))),
  );
}

function square(learner: Learner, lesson: Column, names: Map<string, string>, each?: Square): HTMLElement {
  if (!each) return el('td');
  const params = { name: learner.name, lesson: lesson.id, state: say(`state.${each.state}`) };
  const numbers = { right: each.right, exercises: each.exercises };
  const told =
    each.points !== null
      ? say('learners.square_points', {
          ...params,
          ...numbers,
          points: each.points,
          possible: each.possible ?? 0,
        })
      : each.state === 'working'
        ? say('learners.square_own', { ...params, ...numbers })
        : say('learners.square', params);
  const text =
    each.points !== null
      ? String(each.points)
      : each.state === 'working'
        ? `${each.right}/${each.exercises}`
        : '';
  const late = each.late ? [el('small', { class: 'penguin-late' }, say('learners.late'))] : [];
  const pair = each.partner ? [el('small', { class: 'penguin-late' }, say('learners.two'))] : [];
  const drawn = el(
    'span',
    { class: `penguin-square penguin-square-${each.state}`, 'aria-hidden': 'true' },
    `${text}${MARKS[each.state]}`,
    ...late,
    ...pair,
  );
  const other = each.partner ? say('learners.with', { name: names.get(each.partner) ?? each.partner }) : '';
  const more = [each.late ? say('learners.late') : '', other, stretchesSaid(each.stretches)]
    .filter(Boolean)
    .map((one) => ` (${one})`);
  const heard = `${told}${more.join('')}`;
  const stretches = drawStretches(each.stretches);
  return el('td', { title: heard }, drawn, ...stretches, el('span', { class: 'penguin-heard' }, heard));
}
