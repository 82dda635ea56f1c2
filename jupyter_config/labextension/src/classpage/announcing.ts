import { button, el } from '../dom';
import { say } from '../page';
import { type Desk, folded, labelled } from './parts';
import type { Learner } from './table';

/** A mentor's own words to those who are chosen: a team by one press, or each by name. */
export function announcing(desk: Desk, learners: Learner[]): HTMLElement {
  const boxes = learners.map((each) => {
    const box = el('input', { type: 'checkbox', value: each.id, 'data-key': `announce-${each.id}` });
    return { box, team: each.team, label: el('label', { class: 'penguin-desk-check' }, box, each.name) };
  });
  const text = el('textarea', { rows: '3', maxlength: '4000', 'data-key': 'announce-text' });
  const choose = (chosen: (team: string) => boolean): void => {
    for (const each of boxes) each.box.checked = chosen(each.team);
  };
  const teams = [...new Set(learners.map((each) => each.team))].filter(Boolean);
  const ways = [
    button(say('announce.all'), () => choose(() => true)),
    ...teams.map((team) => button(say('announce.team', { team }), () => choose((its) => its === team))),
    button(say('announce.none'), () => choose(() => false)),
  ];
  const send = (): unknown => {
    const chosen = boxes.map(({ box }) => box).filter((box) => box.checked);
    const students = chosen.map((box) => box.value);
    if (!students.length || !text.value.trim()) return undefined;
    if (!window.confirm(say('announce.sure', { count: students.length }))) return undefined;
    return desk.act('announce', { students, text: text.value }, text, ...chosen);
  };
  return folded(
    'announce',
    say('announce.title'),
    el(
      'div',
      { class: 'penguin-desk-form' },
      labelled(say('announce.text'), text),
      el(
        'fieldset',
        { class: 'penguin-desk-checks' },
        el('legend', {}, say('announce.who')),
        el('p', {}, ...ways),
        ...boxes.map(({ label }) => label),
      ),
      button(say('announce.send'), send, { class: 'penguin-primary', 'data-key': 'announce-send' }),
    ),
  );
}
