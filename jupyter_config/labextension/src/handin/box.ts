import { button, el } from '../dom';
import { whyNot } from '../fault';
import { say } from '../page';
import { Popup } from '../room/popup';
import type { ClassModel } from './model';
import type { AnswerHandedIn, LessonInClass } from './server';
import { dueOf, stateOf, when } from './words';

/** Handing a lesson in: when it is due, how it stands, the button, and what was handed in. */
export function handInBox(model: ClassModel, lesson: LessonInClass, save: () => Promise<void>): HTMLElement {
  const [go, trouble] = handing(model, lesson, save);
  const due = dueOf(lesson);
  return el(
    'section',
    { class: 'penguin-handin', 'data-lesson': lesson.lesson },
    el(
      'p',
      { class: 'penguin-handin-state', role: 'status' },
      [due, stateOf(lesson)].filter(Boolean).join(' · '),
    ),
    ...closed(model),
    el('div', { class: 'penguin-handin-ways' }, go, ...later(model, lesson)),
    el('p', { class: 'penguin-handin-what' }, say('handin.what', { mentor: model.current?.mentor ?? '' })),
    trouble,
  );
}

/** The button that hands a lesson in, and the place where it says why that did not work. */
export function handing(
  model: ClassModel,
  lesson: LessonInClass,
  save: () => Promise<void>,
): [HTMLElement, HTMLElement] {
  const trouble = el('p', { class: 'penguin-handin-trouble', role: 'alert', hidden: true });
  const press = async (): Promise<void> => {
    trouble.hidden = true;
    try {
      await save();
      await model.handIn(lesson.lesson);
    } catch (fault) {
      trouble.textContent = say('handin.failed', { cause: await whyNot(fault) });
      trouble.hidden = false;
    }
  };
  const label = say(lesson.receipts.length ? 'handin.again' : 'handin.hand_in');
  return [button(label, press, { class: 'penguin-handin-go' }), trouble];
}

/** What can be done once a lesson was handed in. */
export function later(model: ClassModel, lesson: LessonInClass): HTMLElement[] {
  const ways: HTMLElement[] = [];
  const last = lesson.receipts.at(-1);
  if (last) {
    const look = button(`${say('handin.look')} ▾`, () => show(model, last.code, look), {
      'aria-haspopup': 'dialog',
    });
    ways.push(look);
    if (model.current?.by_hand) {
      ways.push(el('a', { href: model.server.fileOf(last.code), download: true }, say('handin.file')));
    }
  }
  if (lesson.graded) {
    const page = el(
      'a',
      { href: model.server.feedbackOf(lesson.lesson), target: '_blank', rel: 'noopener' },
      say('handin.feedback'),
    );
    page.addEventListener('click', () => void model.read(lesson.lesson));
    ways.push(page);
    if (lesson.graded.unread) ways.push(el('span', { class: 'penguin-new' }, say('handin.new')));
  }
  return ways;
}

/** That the way to the mentors is closed, and what that means. */
export function closed(model: ClassModel): HTMLElement[] {
  const { current } = model;
  if (!current?.closed && !current?.waiting) return [];
  const shut = current.full ? 'handin.full' : 'handin.closed';
  const code = current.closed ? shut : 'handin.on_its_way';
  const told = say(code, { place: current.closed, count: current.waiting });
  const again = button(say('handin.try_again'), () => model.synchronise());
  return [el('p', { class: 'penguin-handin-closed', role: 'status' }, told, ' ', again)];
}

async function show(model: ClassModel, code: string, anchor: HTMLElement): Promise<void> {
  const answers = await model.server.handedIn(code);
  const receipt = model.current?.lessons.flatMap((each) => each.receipts).find((each) => each.code === code);
  const title = receipt
    ? say('handin.receipt', { when: when(receipt.at), code, number: receipt.number })
    : code;
  Popup.toggle(anchor, () =>
    el(
      'div',
      { role: 'dialog', 'aria-label': say('handin.look'), class: 'penguin-tries', tabindex: '-1' },
      el('p', {}, title),
      ...answers.map(answerOf),
    ),
  );
}

function answerOf(each: AnswerHandedIn): HTMLElement {
  return el(
    'details',
    {},
    el('summary', {}, `${each.exercise} ${each.title}`),
    el('pre', {}, each.answer || say('handin.empty')),
  );
}
