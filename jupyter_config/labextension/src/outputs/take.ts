/** A file as the kernel gives it. */
export interface KernelFile {
  name: string;
  type: string;
  base64: string;
}

export const FILE = 'application/vnd.penguin.file+json';

const KEPT_MS = 10_000;

/** Download a file. */
export function save({ name, type, base64 }: KernelFile): void {
  const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}

/** A table as a spreadsheet takes it from the clipboard: tabs and lines, the empty cell for NULL, names without types. */
export function spreadsheetText(table: HTMLTableElement): string {
  return [...table.rows].map((row) => [...row.cells].map(cellText).join('\t')).join('\n');
}

function cellText(cell: HTMLTableCellElement): string {
  if (cell.querySelector('.pg-null')) return '';
  return (cell.childNodes[0]?.textContent ?? '').replace(/[\t\n]/g, ' ');
}
