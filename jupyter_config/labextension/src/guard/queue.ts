const PATIENCE_MS = 20_000;

/** What can be saved. */
export interface Saves {
  save(): Promise<void>;
}

/**
 * Let each saving of a document wait for the one before it, whoever asks for it: JupyterLab would take two at once for
 * another page that has changed the file. One that hangs is waited for only so long.
 */
export function oneAtATime(context: Saves, patience = PATIENCE_MS): void {
  const save = context.save.bind(context);
  let last: Promise<unknown> = Promise.resolve();
  context.save = (): Promise<void> => {
    const before = Promise.race([last.catch(() => undefined), pause(patience)]);
    const own = before.then(save);
    last = own;
    return own;
  };
}

/** Some time. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
