import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';

import type { Connection } from './connection';
import { Later } from './later';
import { oneAtATime } from './queue';

const AFTER_MS = 1_500;
const AT_MOST_MS = 4_000;

/** Saves what was written a moment after it was written, and now and then while it is; whoever closes the page loses nothing and is asked nothing. */
export class Saver {
  constructor(
    private readonly tracker: INotebookTracker,
    private readonly documents: IDocumentManager,
    private readonly connection: Connection,
    private readonly awake: () => boolean,
  ) {
    tracker.widgetAdded.connect((_, panel) => void this.watch(panel));
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') void this.saveAll();
      else void this.catchUp();
    });
    window.addEventListener('blur', () => void this.saveAll());
    window.addEventListener('focus', () => void this.catchUp());
  }

  /** Save everything that is not saved yet. */
  async saveAll(): Promise<void> {
    const panels: NotebookPanel[] = [];
    this.tracker.forEach((each) => panels.push(each));
    await Promise.all(panels.map((each) => this.save(each)));
  }

  private async watch(panel: NotebookPanel): Promise<void> {
    oneAtATime(panel.context);
    await panel.context.ready;
    const later = new Later(() => void this.save(panel), AFTER_MS, AT_MOST_MS);
    panel.context.model.contentChanged.connect(() => later.touch());
    panel.disposed.connect(() => later.cancel());
  }

  private async save(panel: NotebookPanel): Promise<void> {
    if (!this.awake() || this.connection.lost || panel.isDisposed || this.documents.isDisposed) return;
    const { context } = panel;
    if (!context.isReady || !context.model.dirty || context.contentsModel?.writable === false) return;
    try {
      await context.save();
    } catch (fault) {
      console.warn('Not saved', fault); // what the learner is told is the business of the dialogs' stand-in
      void this.connection.look();
    }
  }

  /** Take over what another page has saved of the same lesson meanwhile, if nothing was written here. */
  private async catchUp(): Promise<void> {
    const panel = this.tracker.currentWidget;
    if (
      !panel ||
      !this.awake() ||
      this.connection.lost ||
      panel.context.model.dirty ||
      !panel.context.isReady
    )
      return;
    const known = panel.context.contentsModel?.last_modified;
    const contents = this.documents.services.contents;
    const now = await contents.get(panel.context.path, { content: false }).catch(() => null);
    if (!now || !known || panel.isDisposed || panel.context.model.dirty) return;
    if (Date.parse(now.last_modified) > Date.parse(known) + 500) await panel.context.revert();
  }
}
