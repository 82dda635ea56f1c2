import { button, el } from '../dom';
import { say } from '../page';
import { type Desk, folded, labelled, list, written } from './parts';
import type { Answered, Criterion, Written } from './server';

const STEP = 0.5;
/** Who marks, as typed last; another mentor at the same desk gives another name. */
let mentor: string | null = null;

/** What was written in words, each text with the rubric; those without this mentor's marks first. */
export function drawWritten(desk: Desk, lesson: string, of: Answered): HTMLElement[] {
  if (!of.written.length) return [];
  const name = el('input', { type: 'text', maxlength: '100', 'data-key': 'mentor' });
  name.defaultValue = mentor ?? of.mentor;
  name.addEventListener('change', () => {
    mentor = name.value.trim();
    name.defaultValue = mentor;
    desk.go({ place: 'answers', lesson, exercise: of.id });
  });
  const isMarked = (each: Written): boolean => name.defaultValue in each.marks;
  const draw = (each: Written): HTMLElement => form(desk, lesson, of, each, name);
  const open = of.written.filter((each) => !isMarked(each));
  const done = of.written.filter(isMarked);
  const said = say('written.count', { count: of.written.length, open: open.length });
  return [
    el('p', {}, said),
    labelled(say('written.mentor'), name),
    ...open.map(draw),
    ...(done.length
      ? [folded('marked', say('written.marked', { count: done.length }), ...done.map(draw))]
      : []),
  ];
}

function form(desk: Desk, lesson: string, of: Answered, each: Written, name: HTMLInputElement): HTMLElement {
  const { student } = each;
  const mine = each.marks[name.defaultValue] ?? {};
  const rows = of.criteria.map((one) => [one.id, ...rowOf(one, student, mine[one.id])] as const);
  const text = el('textarea', { rows: '2', 'data-key': `comment-${student}` });
  text.defaultValue = each.comment;
  const missing = el('p', { role: 'alert' });
  const save = (): unknown => {
    const chosen = rows.map(([id, , boxes]) => [id, boxes.find((box) => box.checked)?.value] as const);
    const by = name.value.trim();
    const isWhole = chosen.every(([, value]) => value !== undefined);
    missing.textContent = !by ? say('written.mentor_missing') : isWhole ? '' : say('written.all_of_them');
    if (missing.textContent) return undefined;
    const points = Object.fromEntries(chosen.map(([id, value]) => [id, Number(value)]));
    const asked = { lesson, exercise: of.id, student, mentor: by, points, text: text.value };
    return desk.act('mark', asked, text, ...rows.flatMap(([, , boxes]) => boxes));
  };
  return el(
    'section',
    { class: 'penguin-desk-group' },
    el('h2', {}, list(each.names)),
    written(each.text),
    el('div', { class: 'penguin-desk-rubric' }, ...rows.map(([, row]) => row)),
    el(
      'div',
      { class: 'penguin-desk-form' },
      labelled(say('written.comment'), text),
      button(say('written.save'), save, { class: 'penguin-primary', 'data-key': `mark-${student}` }),
    ),
    missing,
  );
}

/** The points of a criterion to choose from, none of them beforehand, so that nothing is given by accident. */
function rowOf(criterion: Criterion, student: string, given?: number): [HTMLElement, HTMLInputElement[]] {
  const name = `points-${student}-${criterion.id}`;
  const all = Array.from({ length: Math.floor(criterion.points / STEP) + 1 }, (_, at) => at * STEP);
  const boxes = all.map((each) => {
    const box = el('input', { type: 'radio', name, value: String(each), 'data-key': `${name}-${each}` });
    box.defaultChecked = each === given;
    return box;
  });
  const labels = boxes.map((box) => el('label', {}, box, box.value));
  return [el('fieldset', {}, el('legend', {}, criterion.text), ...labels), boxes];
}
