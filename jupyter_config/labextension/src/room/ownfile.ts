import { button, el } from '../dom';
import { say } from '../page';
import type { RoomServer } from '../server';

const READ = ['.csv', '.tsv', '.txt', '.xlsx', '.xlsm'];

/** What takes a file, by the place that stands on a page. */
const takers = new WeakMap<HTMLElement, (file: File) => Promise<void>>();

/** A button and a place to drop a file on: it becomes a table of the learner's own. */
export function ownFile(server: RoomServer): HTMLElement {
  const chosen = el('input', { type: 'file', accept: READ.join(','), hidden: true });
  const told = el('div', { role: 'status' });
  const take = async (file: File): Promise<void> => {
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
    const file = chosen.files?.[0];
    if (file) void take(file).then(() => (chosen.value = ''));
  });
  const place = el(
    'section',
    { class: 'penguin-ownfile', 'aria-label': say('own.button') },
    button(say('own.button'), () => chosen.click(), { title: say('own.caption') }),
    chosen,
    el('small', {}, say('own.caption')),
    told,
  );
  takers.set(place, take);
  return place;
}

/**
 * A file may be dropped wherever one is: the place that is in sight takes it, else the one that `show` brings out. What is no
 * table, and what is dragged within the page, is left to whoever it is for.
 */
export function takeDrops(inRoom: () => boolean, show: () => void): void {
  document.addEventListener(
    'dragover',
    (event) => {
      if (inRoom() && event.dataTransfer?.types.includes('Files')) event.preventDefault();
    },
    true,
  );
  document.addEventListener(
    'drop',
    (event) => {
      const file = [...(event.dataTransfer?.files ?? [])].find(isTable);
      if (!inRoom() || !file) return;
      event.preventDefault();
      event.stopPropagation(); // an editor would write the file's text into the query
      if (!inSight()) show();
      const place = inSight();
      place?.scrollIntoView({ block: 'nearest' });
      void (place && takers.get(place)?.(file));
    },
    true,
  );
}

/** Whether a file is one that is read here, by its name. */
export function isTable({ name }: { name: string }): boolean {
  return READ.some((each) => name.toLowerCase().endsWith(each));
}

function inSight(): HTMLElement | undefined {
  const places = document.querySelectorAll<HTMLElement>('.penguin-ownfile');
  return [...places].find((each) => each.checkVisibility());
}
