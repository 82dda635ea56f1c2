import { JSONExt, type ReadonlyPartialJSONObject } from '@lumino/coreutils';

/** A cell's text and what it gave. */
export interface Held extends ReadonlyPartialJSONObject {
  readonly text: string;
  readonly outputs: ReadonlyPartialJSONObject[];
}

/** The cells of a document by their ids. */
export type Cells = ReadonlyMap<string, Held>;

/**
 * What a page takes over from its file, which another page has saved meanwhile: a second window on the lesson, or the page
 * before a reload, whose saving came late. A cell is as the page has it that has changed it since both knew the same.
 *
 * @param base What the file held when this page last read or saved it.
 * @param mine What stands on this page.
 * @param theirs What the file holds now.
 * @returns The cells that the other page alone has changed; null where a learner has to choose, as both have written in one
 *   cell, or the other page has other cells.
 */
export function takenOver(base: Cells, mine: Cells, theirs: Cells): Cells | null {
  const taken = new Map<string, Held>();
  for (const id of base.keys()) if (mine.has(id) && !theirs.has(id)) return null;
  for (const [id, other] of theirs) {
    const own = mine.get(id);
    const before = base.get(id);
    if (!own && before) continue; // removed here
    if (!own || !before) return null;
    if (JSONExt.deepEqual(own, other)) continue;
    if (JSONExt.deepEqual(own, before)) taken.set(id, other);
    else if (![before.text, own.text].includes(other.text)) return null;
  }
  return taken;
}
