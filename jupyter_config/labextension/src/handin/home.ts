import { button, el } from '../dom';
import { whyNot } from '../fault';
import { say } from '../page';
import type { StandingModel } from '../standing';
import { closed, handing, later } from './box';
import type { ClassModel } from './model';
import type { InClass, LessonInClass, Question } from './server';
import { dueOf, stateOf, when } from './words';

/** Where the class's part of home leads. */
export interface ClassWays {
  openLesson(id: string, exercise?: string): Promise<void>;
  /** The Expo, at one of its pages. */
  openExpo(at: string): Promise<void>;
  /** The level tests. */
  goExam(): void;
  /** Write what is open and not saved yet. */
  save(): Promise<void>;
}

/** The class on home: what is due and how it stands, answers to questions, the FAQ; nothing without a class. */
export function classSection(model: ClassModel, standing: StandingModel, ways: ClassWays): HTMLElement[] {
  const { current } = model;
  if (!current) return [];
  const shown = current.lessons.filter((each) => each.released || each.state || each.graded);
  const lessons = shown.map((each) => lessonRow(model, standing, ways, each));
  const none = lessons.length ? [] : [el('p', {}, say('handin.none_out', { mentor: current.mentor }))];
  return [
    el(
      'section',
      { class: 'penguin-class' },
      el('h2', {}, say('handin.title', { course: current.course }), ...unread(current)),
      ...closed(model),
      ...none,
      el(
        'ul',
        { class: 'penguin-class-lessons' },
        ...exams(ways, current),
        ...lessons,
        ...expo(model, ways, current),
      ),
      ...questions(model, ways, current),
      ...faq(current),
      ...receiving(model, current),
    ),
  ];
}

function unread(current: InClass): HTMLElement[] {
  return current.unread
    ? [el('span', { class: 'penguin-new' }, say('handin.unread', { count: current.unread }))]
    : [];
}

function lessonRow(
  model: ClassModel,
  standing: StandingModel,
  ways: ClassWays,
  lesson: LessonInClass,
): HTMLElement {
  const known = standing.lesson(lesson.lesson);
  const name = known ? `${known.id} ${known.title}` : lesson.lesson;
  const pair = lesson.partner ? say('handin.partner', { name: lesson.partner }) : '';
  const facts = [dueOf(lesson), pair, stateOf(lesson)];
  if (lesson.graded) {
    const { points, possible, solved, exercises } = lesson.graded;
    facts.push(
      say('handin.points', { points: String(points), possible: String(possible) }),
      say('handin.solved', { solved, count: exercises.length }),
    );
  }
  const [go, trouble] = handing(model, lesson, () => ways.save());
  return el(
    'li',
    { 'data-lesson': lesson.lesson },
    button(name, () => ways.openLesson(lesson.lesson), { class: 'penguin-link' }),
    el('span', {}, facts.filter(Boolean).join(' · ')),
    el('span', { class: 'penguin-handin-ways' }, ...later(model, lesson), go),
    trouble,
  );
}

/** With whom the Expo is worked on, the Expo that came back, and what waits for this learner's review. */
function expo(model: ClassModel, ways: ClassWays, current: InClass): HTMLElement[] {
  const { graded, reviews, partner, writer } = current.expo;
  const shown: HTMLElement[] = [];
  if (partner) {
    const words = say(writer ? 'handin.expo_elsewhere' : 'handin.expo_together', { names: partner, writer });
    shown.push(el('li', {}, words));
  }
  if (graded) {
    const read = async (): Promise<void> => {
      await ways.openExpo('step/second');
      if (graded.unread) await model.read('EXPO');
    };
    const points = { points: String(graded.points), possible: String(graded.possible) };
    shown.push(
      el(
        'li',
        {},
        button(say('handin.expo_back'), read, { class: 'penguin-link' }),
        el('span', {}, say('handin.points', points)),
        graded.unread ? el('span', { class: 'penguin-new' }, say('handin.new')) : null,
      ),
    );
  }
  if (reviews) {
    const write = button(say('handin.reviews', { count: reviews }), () => ways.openExpo('reviews'), {
      class: 'penguin-link',
    });
    shown.push(el('li', {}, write));
  }
  return shown;
}

/** The level tests that are open, whose time is running, and results that were not read. */
function exams(ways: ClassWays, { exams: { open, back, until } }: InClass): HTMLElement[] {
  const way = (text: string, kind: string): HTMLElement =>
    el(
      'li',
      {},
      button(text, () => ways.goExam(), { class: kind }),
    );
  return [
    ...(open ? [way(say('handin.exams_open', { until: when(until) }), 'penguin-primary')] : []),
    ...(back ? [way(say('handin.exams_back', { count: back }), 'penguin-link')] : []),
  ];
}

function questions(model: ClassModel, ways: ClassWays, current: InClass): HTMLElement[] {
  if (!current.questions.length) return [];
  const shown = [...current.questions].reverse().map((each) => questionOf(model, ways, each));
  return [el('h3', {}, say('handin.questions')), ...shown];
}

/** What stays open when the page draws itself anew. */
const opened = new Set<string>();

/** A question with its answer, which counts as read once it is opened. */
function questionOf(model: ClassModel, ways: ClassWays, asked: Question): HTMLElement {
  const head = [asked.exercise, asked.question || headOf(asked)].filter(Boolean).join(' · ');
  const made = el(
    'details',
    { class: 'penguin-question' },
    el('summary', {}, head, asked.unread ? el('span', { class: 'penguin-new' }, say('handin.new')) : null),
    ...replyOf(asked),
    asked.exercise.startsWith('L')
      ? button(say('handin.to_exercise', { exercise: asked.exercise }), () =>
          ways.openLesson(asked.exercise.split('-', 1)[0] ?? '', asked.exercise),
        )
      : null,
  );
  made.open = opened.has(asked.key);
  made.addEventListener('toggle', () => {
    if (made.open) opened.add(asked.key);
    else opened.delete(asked.key);
    if (made.open && asked.unread) void model.read(asked.key);
  });
  return made;
}

/** What a question is called; a word that nobody asked for, by whose it is. */
export function headOf(asked: Question): string {
  if (!asked.question) return say('handin.wrote', { mentor: asked.mentor });
  return say('handin.asked', { question: asked.question });
}

/** A mentor's answer, or that it is awaited. */
export function replyOf(asked: Question): HTMLElement[] {
  if (!asked.reply) return [el('p', {}, say('handin.awaited', { when: asked.at ? when(asked.at) : '' }))];
  return [el('blockquote', {}, asked.reply), el('p', { class: 'penguin-handin-what' }, asked.mentor)];
}

function faq(current: InClass): HTMLElement[] {
  if (!current.faq.length) return [];
  const shown = current.faq.map((each) =>
    el(
      'details',
      { class: 'penguin-question' },
      el('summary', {}, [each.exercise, each.question].filter(Boolean).join(' · ')),
      el('blockquote', {}, each.reply),
    ),
  );
  return [el('h3', {}, say('handin.faq')), ...shown];
}

/** Where files are carried by people: the way for one that came back. */
function receiving(model: ClassModel, current: InClass): HTMLElement[] {
  if (!current.by_hand) return [];
  const told = el('span', { role: 'status' });
  const input = el('input', { type: 'file', accept: '.json' });
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (!file) return;
    void model.receive(file).catch(async (fault: unknown) => {
      told.textContent = say('handin.not_received', { cause: await whyNot(fault) });
    });
  });
  return [el('p', {}, el('label', {}, say('handin.receive'), ' ', input), ' ', told)];
}
