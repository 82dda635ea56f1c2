const SOURCE = 'from classroom.cohort.page import show\n\nshow()';

/**
 * Whether a cell at a path is the class page's: this very text, and only at the top of the mentor's folder, for
 * notebooks that learners hand in lie below it.
 */
export function opensPage(path: string, source: string): boolean {
  return !path.includes('/') && source.trim() === SOURCE;
}
