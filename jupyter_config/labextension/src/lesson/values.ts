import type { Field } from '../server';

/** A value that is not filled in yet. */
const BLANK = '___';
const NUMBER = /^-?\d+(\.\d+)?(\/\d+(\.\d+)?)?$/;

/** What a text holds in a field: empty for a blank, null where it has no such column. */
export function valueIn(source: string, field: Field): string | null {
  const found = placeOf(source, field.name);
  if (!found) return null;
  const written = found[2] ?? '';
  const value = written.startsWith("'") ? written.slice(1, -1).replaceAll("''", "'") : written;
  return /^_{3,}$/.test(value) ? '' : value;
}

/** The text with a field filled; null for what is no value of its sort, which leaves a blank. */
export function withValue(source: string, field: Field, value: string | null): string {
  const found = placeOf(source, field.name);
  if (!found) return source;
  const isQuoted = ['letter', 'text', 'date'].includes(field.sort);
  const written = value === null || value === '' ? BLANK : value;
  const literal = isQuoted ? `'${written.replaceAll("'", "''")}'` : written;
  const at = found.index + (found[1] ?? '').length;
  return source.slice(0, at) + literal + source.slice(at + (found[2] ?? '').length);
}

/** What was typed, as it goes into the text: full-width digits and thousands are read; null for what is no such value. */
export function typed(field: Field, text: string): string | null {
  const plain = text.normalize('NFKC').trim();
  if (field.sort !== 'number') return plain;
  const number = plain.replace(/[\s,]/g, '');
  return number === '' || NUMBER.test(number) ? number : null;
}

/** Its type if it has one, its value, and what comes after. */
function placeOf(source: string, name: string): RegExpExecArray | null {
  return new RegExp(`((?:\\bDATE\\s+)?)('(?:[^']|'')*'|[^\\s,']+)\\s+AS\\s+${name}\\b`, 'i').exec(source);
}

/** The lines of an answer that are to be put in order: all but the first, which names the exercise. */
export function linesIn(source: string): string[] {
  return source
    .split('\n')
    .slice(1)
    .filter((each) => each.trim());
}

/** The lines that were given and are not used in the answer. */
export function unused(given: readonly string[], used: readonly string[]): string[] {
  const left = used.map(squeezed);
  return given.filter((each) => {
    const at = left.indexOf(squeezed(each));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** The text with these lines under its first. */
export function withLines(source: string, lines: readonly string[]): string {
  return [source.split('\n', 1)[0] ?? '', ...lines, ''].join('\n');
}

/** Lines in another order: the one at `from` comes to stand at `to`. */
export function moved(lines: readonly string[], from: number, to: number): string[] {
  const kept = lines.filter((_, at) => at !== from);
  kept.splice(to, 0, lines[from] ?? '');
  return kept;
}

function squeezed(line: string): string {
  return line.trim().replace(/\s+/g, ' ');
}
