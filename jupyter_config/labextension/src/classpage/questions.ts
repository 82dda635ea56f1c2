import { button, el } from '../dom';
import { say } from '../page';
import { type Desk, folded, labelled, moment, nothing, taskOf, written } from './parts';
import type { Question } from './server';

/** The question box: those that wait, each with a form for the reply, then those that were answered. */
export async function drawQuestions(desk: Desk): Promise<HTMLElement[]> {
  const all = await desk.server.questions();
  const head = el('h1', {}, say('questions.title'));
  if (!all.length) return [head, nothing('questions.none')];
  const open = all.filter((each) => !each.reply);
  const done = all.filter((each) => each.reply);
  const answered = done.length
    ? [
        folded(
          'answered',
          `${say('questions.answered')} (${done.length})`,
          ...done.map((each) => question(desk, each)),
        ),
      ]
    : [];
  return [head, ...open.map((each) => question(desk, each)), ...answered];
}

function question(desk: Desk, each: Question): HTMLElement {
  const facts = (['tables', 'query', 'got', 'expected'] as const)
    .filter((name) => each[name])
    .flatMap((name) => [el('dt', {}, say(`questions.${name}`)), el('dd', {}, written(each[name]))]);
  return el(
    'article',
    { class: 'penguin-desk-group' },
    el('h2', {}, `${each.name} · ${each.exercise} ${each.title} · ${moment(each.at)}`),
    el('p', { class: 'penguin-desk-wanted' }, each.wanted),
    ...(each.task ? [folded(`task-${each.key}`, say('questions.task'), taskOf(each.task))] : []),
    el('dl', {}, ...facts),
    ...(each.reply ? [el('p', { class: 'penguin-desk-reply' }, each.reply)] : [form(desk, each)]),
  );
}

function form(desk: Desk, { student, key }: Question): HTMLElement {
  const text = el('textarea', { rows: '3', 'data-key': `reply-${student}-${key}` });
  const inFaq = el('input', { type: 'checkbox', 'data-key': `faq-${student}-${key}` });
  const send = (): unknown =>
    text.value.trim() &&
    desk.act('reply', { student, key, text: text.value, in_faq: inFaq.checked }, text, inFaq);
  return el(
    'div',
    { class: 'penguin-desk-form' },
    labelled(say('questions.reply'), text),
    el('label', { class: 'penguin-desk-check' }, inFaq, ` ${say('questions.in_faq')}`),
    button(say('questions.send'), send, { class: 'penguin-primary' }),
  );
}
