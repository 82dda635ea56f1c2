import type { Cells } from './merge';

/** Knows at any moment what of a document its file does not hold yet. */
export class Unsaved {
  private sent: Cells | null = null;
  private since = false;
  private known: Cells;

  constructor(private readonly now: () => Cells) {
    this.known = now();
  }

  /** What the file held when it was last read or saved here. */
  get held(): Cells {
    return this.known;
  }

  /** Something has changed. */
  touch(): void {
    this.since = true;
  }

  /** What is there now is being saved. */
  begin(): void {
    this.sent = this.now();
    this.since = false;
  }

  /** It has been saved; true if something has changed meanwhile, which JupyterLab would take for saved too. */
  end(): boolean {
    this.known = this.sent ?? this.known;
    this.sent = null;
    return this.since;
  }

  /** The document has been read from its file. */
  read(): void {
    this.known = this.now();
    this.sent = null;
  }

  /** The cells that the file holds otherwise, with their text now. */
  cells(): Record<string, string> {
    const now = [...this.now()].filter(([id, { text }]) => this.known.get(id)?.text !== text);
    return Object.fromEntries(now.map(([id, { text }]) => [id, text]));
  }
}
