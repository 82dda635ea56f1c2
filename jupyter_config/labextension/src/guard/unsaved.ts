/** The text of each cell by its id. */
export type Texts = ReadonlyMap<string, string>;

/** Knows at any moment what of a document its file does not hold yet. */
export class Unsaved {
  private held: Texts;
  private sent: Texts | null = null;
  private since = false;

  constructor(private readonly texts: () => Texts) {
    this.held = texts();
  }

  /** Something has changed. */
  touch(): void {
    this.since = true;
  }

  /** What is there now is being saved. */
  begin(): void {
    this.sent = this.texts();
    this.since = false;
  }

  /** It has been saved; true if something has changed meanwhile, which JupyterLab would take for saved too. */
  end(): boolean {
    this.held = this.sent ?? this.held;
    this.sent = null;
    return this.since;
  }

  /** The document has been read from its file. */
  read(): void {
    this.held = this.texts();
    this.sent = null;
  }

  /** The cells that the file holds otherwise, with their text now. */
  cells(): Record<string, string> {
    return Object.fromEntries([...this.texts()].filter(([id, text]) => this.held.get(id) !== text));
  }
}
