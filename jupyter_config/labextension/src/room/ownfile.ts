import { button, el } from '../dom';
import { say } from '../page';
import type { RoomServer } from '../server';

/** A button and a place to drop a file on: it becomes a table of the learner's own. */
export function ownFile(server: RoomServer): HTMLElement {
  const chosen = el('input', { type: 'file', accept: '.csv,.tsv,.txt,.xlsx,.xlsm', hidden: true });
  const told = el('div', { role: 'status' });
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    told.textContent = say('own.reading');
    try {
      const { said, columns, notes } = await server.ownFile(file);
      told.replaceChildren(
        el('p', {}, said),
        ...notes.map((each) => el('p', {}, each)),
        el('ul', {}, ...columns.map((each) => el('li', {}, each))),
      );
    } catch (fault) {
      console.warn('A file could not be read', fault);
      told.textContent = say('own.failed');
    }
  };
  chosen.addEventListener('change', () => {
    void take(chosen.files?.[0]).then(() => (chosen.value = ''));
  });
  const place = el(
    'section',
    { class: 'penguin-ownfile' },
    button(say('own.button'), () => chosen.click(), { title: say('own.caption') }),
    chosen,
    el('small', {}, say('own.caption')),
    told,
  );
  place.addEventListener('dragover', (event) => event.preventDefault());
  place.addEventListener('drop', (event) => {
    event.preventDefault();
    void take(event.dataTransfer?.files[0]);
  });
  return place;
}
