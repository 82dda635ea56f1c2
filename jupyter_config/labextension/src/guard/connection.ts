import { URLExt } from '@jupyterlab/coreutils';
import { type ServiceManager, ServerConnection } from '@jupyterlab/services';
import { type ISignal, Signal } from '@lumino/signaling';

const CALM_MS = 10_000;
const LOST_MS = 2_000;
const PATIENCE_MS = 6_000;

/** Whether the server answers: asked now and then, at once when something failed, and often while it does not. */
export class Connection {
  private _lost = false;
  private readonly _changed = new Signal<this, boolean>(this);
  private timer = 0;
  private asking = false;

  constructor(private readonly manager: ServiceManager.IManager) {
    manager.connectionFailure.connect(() => void this.look());
    window.addEventListener('offline', () => void this.look());
    window.addEventListener('online', () => void this.look());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.look();
    });
    this.later();
  }

  get lost(): boolean {
    return this._lost;
  }

  /** Emits whether the connection is lost, whenever that changes. */
  get changed(): ISignal<this, boolean> {
    return this._changed;
  }

  /** Ask the server now. */
  async look(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    clearTimeout(this.timer);
    const lost = !(await answers(this.manager.serverSettings));
    this.asking = false;
    if (lost !== this._lost) {
      this._lost = lost;
      this._changed.emit(lost);
    }
    this.later();
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.look(), this._lost ? LOST_MS : CALM_MS);
  }
}

async function answers(settings: ServerConnection.ISettings): Promise<boolean> {
  const url = URLExt.join(settings.baseUrl, 'api');
  const init = { signal: AbortSignal.timeout(PATIENCE_MS) };
  try {
    return (await ServerConnection.makeRequest(url, init, settings)).ok;
  } catch {
    return false;
  }
}
