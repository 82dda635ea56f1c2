import { placesOf } from './find';

const NAME = 'penguin-found';

/** Mark a match in a text that is read, and bring it into the window; whether there is such a place. */
export function markFound(node: HTMLElement, sought: string, number: number): boolean {
  unmark();
  const range = rangeOf(node, sought, number);
  if (!range) return false;
  if ('highlights' in CSS) CSS.highlights.set(NAME, new Highlight(range));
  range.startContainer.parentElement?.scrollIntoView({ block: 'center' });
  return true;
}

/** Take the mark away. */
export function unmark(): void {
  if ('highlights' in CSS) CSS.highlights.delete(NAME);
}

/** Where a text stands in what is read for the so-and-so-many-th time, the first place where it stands less often; null for nowhere. */
export function rangeOf(node: HTMLElement, sought: string, number: number): Range | null {
  const places = placesOf(sought, node.textContent);
  const at = places[number] ?? places[0];
  if (at === undefined) return null;
  const range = document.createRange();
  const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  let before = 0;
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const { length } = text.textContent ?? '';
    if (at >= before && at < before + length) range.setStart(text, at - before);
    if (at + sought.length <= before + length) {
      range.setEnd(text, at + sought.length - before);
      return range;
    }
    before += length;
  }
  return null;
}
