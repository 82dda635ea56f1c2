import { button, el } from '../dom';
import { say } from '../page';
import { choiceOf, type Desk, folded, labelled, moment, nothing, written } from './parts';
import type { LearnerInFull } from './server';

/** One learner: hand-ins, latest answers, questions, and what they can do. */
export async function drawLearner(desk: Desk, id: string): Promise<HTMLElement[]> {
  const one = await desk.server.learner(id);
  return [
    el(
      'p',
      {},
      button(say('learner.back'), () => desk.go({ place: 'learners' }), {
        class: 'penguin-link',
        'data-key': 'back',
      }),
    ),
    el('h1', {}, one.name === one.student ? one.name : `${one.name} (${one.student})`),
    ...(one.team ? [el('p', {}, say('learner.team', { team: one.team }))] : []),
    word(desk, one),
    ...part('learner.marks', one.marks.length ? marks(one) : [nothing('learner.no_marks')]),
    ...part('learner.questions', one.questions.length ? [questions(one)] : [nothing('learner.no_questions')]),
    ...part('learner.tries', one.tries.length ? [tries(one)] : [nothing('learner.no_tries')]),
    ...part('learner.abilities', abilities(one)),
    ...(one.coming_back.length ? part('learner.coming_back', [comingBack(one)]) : []),
  ];
}

function part(title: string, inside: HTMLElement[]): HTMLElement[] {
  return [el('section', {}, el('h2', {}, say(title)), ...inside)];
}

function word(desk: Desk, one: LearnerInFull): HTMLElement {
  const exercises = [
    ...new Set([...one.tries.map((each) => each.exercise), ...one.marks.map((each) => each.exercise)]),
  ];
  if (!exercises.length) return el('p');
  const choice = choiceOf(
    exercises.map((each) => [each, each]),
    exercises[0] ?? '',
    () => undefined,
  );
  const text = el('textarea', { rows: '2', 'data-key': 'word' });
  const send = (): unknown =>
    text.value.trim() &&
    desk.act('word', { student: one.student, exercise: choice.value, text: text.value }, text);
  return el(
    'div',
    { class: 'penguin-desk-form' },
    labelled(say('learner.word_exercise'), choice),
    labelled(say('learner.word'), text),
    button(say('learner.send'), send),
  );
}

function marks(one: LearnerInFull): HTMLElement[] {
  const lessons = [...new Set(one.marks.map((each) => each.lesson))];
  return lessons.map((lesson) => {
    const own = one.marks.filter((each) => each.lesson === lesson);
    const items = own.map((each) => {
      const { points, possible } = each;
      const said = points === null ? say('learner.to_mark') : say('learner.points', { points, possible });
      return el(
        'li',
        {},
        folded(
          `mark-${each.exercise}`,
          `${each.exercise} ${each.title}: ${said}`,
          written(each.answer),
          ...(each.comment ? [el('p', {}, say('learner.comment', { text: each.comment }))] : []),
        ),
      );
    });
    return el('div', {}, el('h3', {}, lesson), el('ul', { class: 'penguin-desk-list' }, ...items));
  });
}

function questions(one: LearnerInFull): HTMLElement {
  const items = one.questions.map((each) =>
    el(
      'li',
      {},
      el('p', {}, `${moment(each.at)} ${each.exercise} ${each.wanted}`),
      el('p', { class: 'penguin-desk-reply' }, each.reply || say('learner.unanswered')),
    ),
  );
  return el('ul', { class: 'penguin-desk-list' }, ...items);
}

function tries(one: LearnerInFull): HTMLElement {
  const items = one.tries.map((each) =>
    el(
      'li',
      {},
      folded(
        `try-${each.exercise}-${each.at}`,
        [moment(each.at), each.exercise, each.outcome, each.cause].filter(Boolean).join(' · '),
        written(each.answer),
      ),
    ),
  );
  return el('ul', { class: 'penguin-desk-list' }, ...items);
}

function comingBack(one: LearnerInFull): HTMLElement {
  const items = one.coming_back.map((each) => el('li', {}, each));
  return el('ul', { class: 'penguin-desk-list' }, ...items);
}

function abilities(one: LearnerInFull): HTMLElement[] {
  const levels = [...new Set(one.abilities.map((each) => each.level))];
  return levels.map((level) => {
    const own = one.abilities.filter((each) => each.level === level);
    const shown = own.filter((each) => each.shown).length;
    const items = own.map((each) => el('li', {}, `${each.shown ? '✓' : '–'} ${each.text}`));
    return folded(
      `abilities-${level}`,
      say('learner.abilities_count', { level, shown, count: own.length }),
      el('ul', { class: 'penguin-desk-list' }, ...items),
    );
  });
}
