import { button, el } from '../dom';
import { desk as data, say } from '../page';
import { choiceOf, type Desk, labelled, moment, nothing } from './parts';
import type { ExamLevel, Exams, ListedExam } from './server';

/** The level tests: open one for chosen learners, and what became of all. */
export async function drawExams(desk: Desk): Promise<HTMLElement[]> {
  const all = await desk.server.exams();
  const head = el('h1', {}, say('exams.title'));
  if (!all.levels.length) return [head, nothing('exams.no_levels')];
  const rows = all.exams.map((each) => row(all, each));
  const heads = ['opened', 'learner', 'level', 'state'].map((code) =>
    el('th', { scope: 'col' }, say(`exams.${code}`)),
  );
  const table = el(
    'table',
    { class: 'penguin-desk-table' },
    el('thead', {}, el('tr', {}, ...heads)),
    el('tbody', {}, ...rows),
  );
  return [
    head,
    opening(desk, all),
    el('h2', {}, say('exams.all')),
    rows.length ? table : nothing('exams.none'),
  ];
}

function row(all: Exams, each: ListedExam): HTMLElement {
  const doubts = each.doubts.map((one) => el('li', {}, one));
  const looked = doubts.length ? [el('p', {}, say('exams.doubts')), el('ul', {}, ...doubts)] : [];
  return el(
    'tr',
    { 'data-state': each.state },
    el('td', {}, moment(each.opened)),
    el('th', { scope: 'row' }, all.names[each.learner] ?? each.learner),
    el('td', {}, String(each.level)),
    el('td', {}, each.said, ...looked),
  );
}

/** Who is to take it, at which level; the time runs from the press of the button. */
function opening(desk: Desk, all: Exams): HTMLElement {
  let [level] = all.levels as [ExamLevel];
  const boxes = Object.entries(all.names).map(([id, name]) => {
    const box = el('input', { type: 'checkbox', value: id, 'data-key': `exam-${id}` });
    return [box, el('label', { class: 'penguin-desk-check' }, box, name)] as const;
  });
  const told = el('p', {});
  const tell = (): void => {
    told.textContent = say('exams.how', { minutes: level.minutes, tasks: level.tasks });
  };
  tell();
  const names = all.levels.map((each): [string, string] => [
    String(each.level),
    say('exams.of_level', { level: each.level }),
  ]);
  const chosen = choiceOf(names, String(level.level), (value) => {
    level = all.levels.find((each) => String(each.level) === value) ?? level;
    tell();
  });
  const open = button(
    say('exams.open'),
    async () => {
      const sent = boxes.map(([box]) => box).filter((box) => box.checked);
      const students = sent.map((box) => box.value);
      if (!students.length || !window.confirm(say('exams.sure', { count: students.length }))) return;
      await desk.act('exam', { level: level.level, students, minutes: 0 }, ...sent);
    },
    { class: 'penguin-primary', 'data-key': 'exam-open' },
  );
  return el(
    'section',
    { lang: data?.lang ?? 'ja' },
    el('h2', {}, say('exams.new')),
    labelled(say('exams.level'), chosen),
    told,
    el(
      'fieldset',
      { class: 'penguin-desk-checks' },
      el('legend', {}, say('exams.who')),
      ...boxes.map(([, label]) => label),
    ),
    open,
  );
}
