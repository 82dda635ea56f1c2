import { button, el } from '../dom';
import { say } from '../page';
import { choiceOf, type Desk, folded, labelled, list, nothing, taskOf, type Where, written } from './parts';
import type { Answered, Group } from './server';
import { drawWritten } from './written';

/** The answers of a lesson, grouped by how they behave: read one, write to all of it. */
export async function drawAnswers(desk: Desk, where: Where): Promise<HTMLElement[]> {
  const { lessons } = await desk.server.learners();
  const out = lessons.filter((each) => each.released);
  const head = el('h1', {}, say('answers.title'));
  const lesson = where.lesson ?? out[0]?.id;
  if (!lesson) return [head, nothing('today.not_out')];
  const listed = out.some((each) => each.id === lesson) ? out : lessons.filter((each) => each.id === lesson);
  const exercises = out.some((each) => each.id === lesson) ? await desk.server.answers(lesson) : [];
  const answered = exercises.filter((each) => each.groups.length || each.written.length);
  const chosen = answered.find((each) => each.id === where.exercise) ?? answered[0];
  const lessonChoice = choiceOf(
    listed.map((each) => [each.id, `${each.id} ${each.title}`]),
    lesson,
    (id) => desk.go({ place: 'answers', lesson: id }),
  );
  lessonChoice.dataset.key = 'lesson';
  if (!chosen) return [head, labelled(say('answers.lesson'), lessonChoice), nothing('answers.none')];
  const exerciseChoice = choiceOf(
    answered.map((each) => [each.id, `${each.id} ${each.title}`]),
    chosen.id,
    (id) => desk.go({ place: 'answers', lesson, exercise: id }),
  );
  exerciseChoice.dataset.key = 'exercise';
  return [
    head,
    el(
      'div',
      { class: 'penguin-desk-choices' },
      labelled(say('answers.lesson'), lessonChoice),
      labelled(say('answers.exercise'), exerciseChoice),
    ),
    ...itemOf(chosen),
    folded(
      'task',
      say('answers.task'),
      taskOf(chosen.task),
      ...chosen.models.flatMap(([name, text]) => [el('h3', {}, name), written(text)]),
    ),
    ...drawWritten(desk, lesson, chosen),
    ...chosen.groups.map((each) => group(desk, lesson, chosen, each)),
  ];
}

function itemOf({ item }: Answered): HTMLElement[] {
  if (!item) return [];
  const quiet = [item.counted, item.next_drills].filter(Boolean);
  return [
    ...quiet.map((each) => el('p', { class: 'penguin-desk-quiet' }, each)),
    ...(item.flag ? [el('p', {}, item.flag)] : []),
  ];
}

function group(desk: Desk, lesson: string, of: Answered, each: Group): HTMLElement {
  const count = each.size;
  const title = [
    each.outcome_name,
    each.mistake === each.outcome_name ? '' : each.mistake,
    say('answers.size', { count }),
  ];
  const texts = each.texts.flatMap(([text, writers]) => [
    el('p', { class: 'penguin-desk-quiet' }, say('answers.texts', { count: writers })),
    written(text),
  ]);
  return el(
    'section',
    { class: 'penguin-desk-group' },
    el('h2', {}, title.filter(Boolean).join(' · ')),
    ...(each.hint ? [el('p', {}, say('answers.hint', { text: each.hint }))] : []),
    ...texts,
    ...each.comments.map((text) =>
      el('p', { class: 'penguin-desk-reply' }, say('answers.commented', { text })),
    ),
    folded(`who-${each.group}`, say('answers.who'), el('p', {}, list(each.names))),
    form(desk, lesson, of, each),
  );
}

function form(desk: Desk, lesson: string, of: Answered, each: Group): HTMLElement {
  const count = each.size;
  const text = el('textarea', { rows: '2', 'data-key': `comment-${each.group}` });
  const points = el('input', {
    type: 'number',
    min: '0',
    max: String(each.possible),
    step: 'any',
    'data-key': `points-${each.group}`,
  });
  const bank = choiceOf(
    [['', '…'], ...of.bank.map((one): [string, string] => [one, one.slice(0, 60)])],
    '',
    (one) => {
      if (one) text.value = one;
    },
  );
  const apply = (): unknown => {
    const given = points.value === '' ? null : points.valueAsNumber;
    if (!text.value.trim() && given === null) return undefined;
    const asked = { lesson, exercise: of.id, group: each.group, text: text.value, points: given };
    return desk.act('comment', asked, text, points);
  };
  return el(
    'div',
    { class: 'penguin-desk-form' },
    labelled(say('answers.comment', { count }), text),
    ...(of.bank.length ? [labelled(say('answers.bank'), bank)] : []),
    labelled(say('answers.points'), points),
    button(say('answers.apply', { count }), apply, { class: 'penguin-primary' }),
  );
}
