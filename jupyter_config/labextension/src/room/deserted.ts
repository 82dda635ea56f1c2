import type { Session } from '@jupyterlab/services';

/** A session of the server, as far as it tells whether somebody still uses it. */
export interface Running {
  readonly id: string;
  readonly path: string;
  /** Pages connected to its kernel; below zero where a page left while the kernel started. */
  readonly pages: number;
}

const STARTS_MS = 60_000;

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

/** Ends the sessions that pages left behind. */
export class Leftovers {
  private readonly deserted = new Deserted();
  private lookAgain = 0;

  /** `open` tells the paths of the notebooks that are open in this page. */
  constructor(
    private readonly sessions: Pick<Session.IManager, 'refreshRunning' | 'running' | 'shutdown'>,
    private readonly open: () => ReadonlySet<string>,
  ) {}

  /** End them now, and once more when what is starting now has had the time to start. */
  async end(): Promise<void> {
    window.clearTimeout(this.lookAgain);
    await this.endNow();
    this.lookAgain = window.setTimeout(() => void this.endNow(), STARTS_MS + 1000);
  }

  private async endNow(): Promise<void> {
    try {
      await this.sessions.refreshRunning();
      const running = [...this.sessions.running()].map(({ id, path, kernel }) => ({
        id,
        path,
        pages: kernel?.connections ?? 1,
      }));
      for (const id of this.deserted.among(running, this.open(), performance.now()))
        await this.sessions.shutdown(id);
    } catch (fault) {
      console.warn('Kernels left behind stay', fault);
    }
  }
}
