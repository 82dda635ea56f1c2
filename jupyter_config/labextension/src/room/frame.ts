import type { ILabShell } from '@jupyterlab/application';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { BoxLayout, Widget } from '@lumino/widgets';
import { type ISignal, Signal } from '@lumino/signaling';

import { keep, kept } from '../kept';

const KEY = 'penguin-frame';
const HIDDEN = ['jp-top-panel', 'jp-menu-panel', 'jp-title-panel-title', 'jp-bottom-panel'];

/** Takes JupyterLab's own frame away while the page is a lesson's room, and gives it back whole. */
export class Frame {
  private readonly _changed = new Signal<this, boolean>(this);
  private _inRoom = false;
  private readonly hidden = new Set<Widget>();

  constructor(
    private readonly shell: ILabShell,
    private readonly tracker: INotebookTracker | null = null,
  ) {
    tracker?.widgetAdded.connect((_, panel) => {
      if (this._inRoom) this.strip(panel);
    });
  }

  /** Whether the page is a room now. */
  get inRoom(): boolean {
    return this._inRoom;
  }

  get changed(): ISignal<this, boolean> {
    return this._changed;
  }

  /** Begin as the learner left it: a room, or JupyterLab. */
  begin(): void {
    if (kept(KEY) === 'jupyterlab') void this.leave();
    else this.enter();
  }

  /** Make the page a room. */
  enter(): void {
    keep(KEY, 'room');
    this.cover();
  }

  /** Make the page a room, whatever is kept of it. */
  cover(): void {
    this._inRoom = true;
    document.body.classList.add('penguin-room');
    this.shell.mode = 'single-document';
    this.clear();
    void this.shell.restored.then(() => this._inRoom && this.clear());
    this.tracker?.forEach((panel) => this.strip(panel));
    this._changed.emit(true);
  }

  /** Show JupyterLab as it is without a room. */
  leave(): void {
    keep(KEY, 'jupyterlab');
    this._inRoom = false;
    document.body.classList.remove('penguin-room');
    for (const each of this.hidden) if (!each.isDisposed) each.show();
    this.hidden.clear();
    this.shell.mode = 'multiple-document';
    for (const side of ['left', 'right'] as const) {
      if (!this.shell.isSideTabBarVisible(side)) this.shell.toggleSideTabBarVisibility(side);
    }
    this._changed.emit(false);
  }

  /** Take away what stands around the page; before the shell has restored itself it may bring some of it back. */
  private clear(): void {
    for (const side of ['left', 'right'] as const) {
      if (this.shell.isSideTabBarVisible(side)) this.shell.toggleSideTabBarVisibility(side);
    }
    this.shell.collapseLeft();
    this.shell.collapseRight();
    for (const each of (this.shell.layout as BoxLayout).widgets) {
      if (HIDDEN.includes(each.id)) this.hide(each);
    }
  }

  /** Take away what stands around a notebook. */
  private strip(panel: NotebookPanel): void {
    this.hide(panel.toolbar);
  }

  private hide(widget: Widget): void {
    if (widget.isHidden) return;
    widget.hide();
    this.hidden.add(widget);
    widget.disposed.connect(() => this.hidden.delete(widget));
  }
}
