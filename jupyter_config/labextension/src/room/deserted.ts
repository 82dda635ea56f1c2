/** A session of the server, as far as it tells whether somebody still uses it. */
export interface Running {
  readonly id: string;
  readonly path: string;
  /** Pages connected to its kernel; below zero where a page left while the kernel started. */
  readonly pages: number;
}

/** Within this time a kernel has started, or its page has left it. */
export const STARTS_MS = 60_000;

/**
 * Sessions that a page has left behind: it was closed or loaded again. Until its kernel is there a session has a name of
 * JupyterLab's in place of the notebook's path, and no page yet; one that is still so a minute later was left while it
 * started.
 */
export class Deserted {
  private readonly firstSeen = new Map<string, number>();

  /** Which of the running sessions to end, `now` in milliseconds; never one whose notebook is open here. */
  among(running: readonly Running[], open: ReadonlySet<string>, now: number): string[] {
    const left = running.filter(({ path, pages }) => pages <= 0 && !open.has(path));
    const ended = left.filter(
      ({ id, path }) => path.endsWith('.ipynb') || now - this.since(id, now) >= STARTS_MS,
    );
    const known = new Set(left.map(({ id }) => id));
    for (const id of this.firstSeen.keys()) if (!known.has(id)) this.firstSeen.delete(id);
    return ended.map(({ id }) => id);
  }

  private since(id: string, now: number): number {
    const since = this.firstSeen.get(id) ?? now;
    this.firstSeen.set(id, since);
    return since;
  }
}
