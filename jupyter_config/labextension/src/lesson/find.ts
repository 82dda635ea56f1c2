/** Where a text stands in another, whatever its capitals and widths; a match is as long as what is sought. */
export function placesOf(sought: string, text: string, from = 0): number[] {
  const [wanted, within] = [folded(sought), folded(text)];
  const found: number[] = [];
  if (!wanted) return found;
  for (let at = within.indexOf(wanted, from); at >= 0; at = within.indexOf(wanted, at + wanted.length))
    found.push(at);
  return found;
}

/** A text with every match from a place on exchanged, and how many there were. */
export function exchanged(
  text: string,
  sought: string,
  by: string,
  from = 0,
): { text: string; count: number } {
  const places = placesOf(sought, text, from);
  let made = '';
  let done = 0;
  for (const at of places) {
    made += text.slice(done, at) + by;
    done = at + sought.length;
  }
  return { text: made + text.slice(done), count: places.length };
}

/** Capitals and full width don't count; each character stays one, so that places stay places. */
function folded(text: string): string {
  return Array.from({ length: text.length }, (_, at) => {
    const plain = (text[at] ?? '').normalize('NFKC').toLowerCase();
    return plain.length === 1 ? plain : (text[at] ?? '');
  }).join('');
}
