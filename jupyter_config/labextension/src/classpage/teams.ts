import { button, el } from '../dom';
import { say } from '../page';
import { choiceOf, type Desk, folded, labelled, list, nothing } from './parts';
import type { Team, Teams } from './server';

/** The teams: who is how far, and who can be asked; with the page for their managers, as a file. */
export async function drawTeams(desk: Desk): Promise<HTMLElement[]> {
  const all = await desk.server.teams();
  const head = el('h1', {}, say('teams.title'));
  if (!all.teams.some((each) => each.name)) return [head, nothing('teams.none')];
  return [
    head,
    el('p', {}, say('teams.has')),
    el(
      'p',
      {},
      say(all.marks ? 'teams.managers_marks' : 'teams.managers'),
      ' ',
      fileOf(desk, 'teams.managers_all'),
    ),
    ...all.teams.map((each) => team(desk, all, each)),
  ];
}

/** A link that downloads the page for managers, on one team or on all. */
function fileOf(desk: Desk, code: string, name = ''): HTMLElement {
  return el(
    'a',
    { href: desk.server.reportOf(name), download: true, 'data-key': `report-${name}` },
    say(code, { name }),
  );
}

function team(desk: Desk, all: Teams, each: Team): HTMLElement {
  const count = each.members.length;
  const name = (id: string): string => all.names[id] ?? id;
  const rows = each.lessons.map((one) => {
    const others = one.others.length ? say('teams.others', { names: list(one.others.map(name)) }) : '';
    return el(
      'tr',
      {},
      el('th', { scope: 'row' }, one.lesson),
      el('td', {}, bar(one.handed_in, count), ` ${one.handed_in} / ${count}`),
      el('td', {}, list(one.can_be_asked.map(name)) || others || say('teams.nobody')),
    );
  });
  const heads = ['lesson', 'handed_in', 'ask'].map((code) =>
    el('th', { scope: 'col' }, say(`teams.${code}`)),
  );
  const analyst = each.analyst ? say('teams.analyst', { name: name(each.analyst) }) : say('teams.no_analyst');
  return el(
    'section',
    {},
    el('h2', {}, each.name ? say('teams.team', { name: each.name, count }) : say('teams.no_team', { count })),
    ...(each.name ? [el('p', {}, analyst, ' ', fileOf(desk, 'teams.managers_one', each.name))] : []),
    el('p', { class: 'penguin-desk-quiet' }, list(each.members.map(name))),
    ...(each.name && count > 1 ? [expo(desk, each, name)] : []),
    el(
      'table',
      { class: 'penguin-desk-table penguin-desk-team' },
      el('thead', {}, el('tr', {}, ...heads)),
      el('tbody', {}, ...rows),
    ),
  );
}

/** The Expo that a team works on together, or the way to one. */
function expo(desk: Desk, each: Team, name: (id: string) => string): HTMLElement {
  if (each.expo) {
    const { writer, issue, state } = each.expo;
    const said = say(issue ? 'teams.expo' : 'teams.expo_begun', { issue, writer: name(writer), state });
    const part = button(say('teams.expo_part'), () => desk.act('part_team', { student: writer }), {
      'data-key': `part-${each.name}`,
    });
    return el('p', {}, said, ' ', part);
  }
  const writer = choiceOf(
    each.members.map((id) => [id, name(id)]),
    each.members[0] ?? '',
    () => undefined,
  );
  return folded(
    `expo-${each.name}`,
    say('teams.expo_how'),
    el('p', {}, say('teams.expo_does')),
    el(
      'div',
      { class: 'penguin-desk-form penguin-desk-choices' },
      labelled(say('teams.expo_writer'), writer),
      button(say('teams.expo_do'), () => desk.act('team_expo', { writer: writer.value })),
    ),
  );
}

/** How many of all, as a bar; the numbers beside it say the same. */
function bar(done: number, all: number): HTMLElement {
  const made = el('span', { class: 'penguin-desk-bar', 'aria-hidden': 'true' }, el('span', {}));
  (made.firstElementChild as HTMLElement).style.width = `${all ? (100 * done) / all : 0}%`;
  return made;
}
