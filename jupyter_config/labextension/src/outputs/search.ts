const FEW = 4;

/** Hide what does not hold all words typed into the search field of a list of tables; open what is left, if it is little. */
export function search(field: HTMLInputElement): void {
  const words = field.value.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
  const list = field.closest('.pg');
  if (!list) return;
  const entries = [...list.querySelectorAll<HTMLElement>('[data-penguin-words]')];
  for (const each of entries) {
    const known = each.dataset.penguinWords ?? '';
    each.hidden = !words.every((word) => known.includes(word));
  }
  const tables = entries.filter(
    (each): each is HTMLDetailsElement => each instanceof HTMLDetailsElement && !each.hidden,
  );
  if (words.length > 0 && tables.length <= FEW) for (const each of tables) each.open = true;
}
