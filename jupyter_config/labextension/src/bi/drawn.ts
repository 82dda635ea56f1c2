const FIELDS = 'input[name]:not([type=hidden]), select[name], textarea[name]';
/** So many pixels of what an action gave are brought into the window. */
const ENOUGH = 260;

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** What stands in a page's fields, by their names and their numbers among those of one name. */
export function written(node: HTMLElement): Map<string, string> {
  return new Map([...named(node)].map(([name, field]) => [name, field.value]));
}

/** Write on a page that is drawn anew what was written since it was asked for; the fields that this changed. */
export function carryOver(before: Map<string, string>, now: Map<string, string>, page: HTMLElement): Field[] {
  const fields = named(page);
  return [...now].flatMap(([name, value]) => {
    const field = fields.get(name);
    if (!field || value === before.get(name) || value === field.value) return [];
    field.value = value;
    return [field];
  });
}

/** The name and number of the field that is written in; empty for none. */
export function focusedField(node: HTMLElement): string {
  return [...named(node)].find(([, field]) => field === document.activeElement)?.[0] ?? '';
}

/** The field of that name and number. */
export function fieldNamed(page: HTMLElement, name: string): HTMLElement | null {
  return named(page).get(name) ?? null;
}

/** The button of a page that is drawn anew which asks for what another one asked for; where what it says has changed, the only one of its kind. */
export function sameButton(button: HTMLElement, page: HTMLElement): HTMLElement | null {
  const { biDo, biTimes, biFields } = button.dataset;
  const those = [...page.querySelectorAll<HTMLElement>('[data-bi-do]')].filter(
    ({ dataset }) => dataset['biDo'] === biDo && dataset['biTimes'] === biTimes,
  );
  const same = those.find(({ dataset }) => dataset['biFields'] === biFields);
  return same ?? (those.length === 1 ? (those[0] ?? null) : null);
}

/** Scroll no further than it takes to see the beginning of something below the window. */
export function reveal(scrolled: HTMLElement, shown: Element): void {
  const box = shown.getBoundingClientRect();
  const below = box.top + Math.min(box.height, ENOUGH) - scrolled.getBoundingClientRect().bottom;
  if (below > 0) scrolled.scrollTop += below;
}

function named(node: HTMLElement): Map<string, Field> {
  const found = new Map<string, Field>();
  const counts = new Map<string, number>();
  for (const field of node.querySelectorAll<Field>(FIELDS)) {
    const number = counts.get(field.name) ?? 0;
    counts.set(field.name, number + 1);
    found.set(`${field.name} ${number}`, field);
  }
  return found;
}
