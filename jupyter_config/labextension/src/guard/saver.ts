import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';

import type { Connection } from './connection';
import { cellsOf, inFile, put } from './cells';
import { Later } from './later';
import { takenOver } from './merge';
import { isCarried, leave, type Parting } from './parting';
import { oneAtATime } from './queue';
import { Unsaved } from './unsaved';

const AFTER_MS = 1_500;
const AT_MOST_MS = 4_000;
const SOON_MS = 100; // what a closed page leaves finds its place only in a cell that the file holds, and takes no verdict along

/** Saves what was written a moment after it was written, and now and then while it is; whoever closes the page loses nothing and is asked nothing. */
export class Saver {
  private readonly watched = new Map<NotebookPanel, Unsaved>();

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
    window.addEventListener('beforeunload', (event) => this.askNothing(event), true);
    window.addEventListener('pagehide', () => leave(this.partings(), documents.services.serverSettings));
    window.addEventListener('pageshow', (event) => {
      if (event.persisted) window.location.reload(); // the file holds more than this page knows of
    });
  }

  /** Save everything that is not saved yet. */
  async saveAll(): Promise<void> {
    const panels: NotebookPanel[] = [];
    this.tracker.forEach((each) => panels.push(each));
    await Promise.all(panels.map((each) => this.save(each)));
  }

  /** Take over what only another page has changed in a lesson's file; false where both have written in one cell. */
  async takeOver(panel: NotebookPanel): Promise<boolean> {
    const unsaved = this.watched.get(panel);
    if (!unsaved) return false;
    const file = await this.documents.services.contents.get(panel.context.path, {
      type: 'notebook',
      content: true,
    });
    if (panel.isDisposed) return false;
    const taken = takenOver(unsaved.held, cellsOf(panel), inFile(file));
    if (taken) put(panel, taken);
    return taken !== null;
  }

  private async watch(panel: NotebookPanel): Promise<void> {
    const { context } = panel;
    oneAtATime(context);
    await context.ready;
    const later = new Later(() => void this.save(panel), AFTER_MS, AT_MOST_MS);
    const soon = new Later(() => void this.save(panel), SOON_MS, SOON_MS);
    const unsaved = new Unsaved(() => cellsOf(panel));
    this.watched.set(panel, unsaved);
    context.model.contentChanged.connect(() => {
      unsaved.touch();
      later.touch();
    });
    context.model.cells.changed.connect(() => soon.touch());
    panel.sessionContext.statusChanged.connect((_, status) => {
      if (status === 'idle') soon.touch(); // an answer or a hint is there
    });
    context.saveState.connect((_, state) => {
      if (state === 'started') unsaved.begin();
      else if (state.startsWith('completed') && unsaved.end()) context.model.dirty = true;
    });
    const revert = context.revert.bind(context);
    context.revert = async () => {
      await revert();
      unsaved.read();
    };
    panel.disposed.connect(() => {
      later.cancel();
      soon.cancel();
      this.watched.delete(panel);
    });
  }

  /** JupyterLab would have the browser ask whether to leave what is not saved yet; what the server gets in time needs no question. */
  private askNothing(event: Event): void {
    if (this.awake() && !this.connection.lost && isCarried(this.partings())) event.stopImmediatePropagation();
  }

  /** What the files do not hold yet. */
  private partings(): Parting[] {
    if (!this.awake()) return [];
    return [...this.watched]
      .filter(([panel]) => !panel.isDisposed && panel.context.contentsModel?.writable !== false)
      .map(([panel, unsaved]) => ({ path: panel.context.localPath, cells: unsaved.cells() }))
      .filter(({ cells }) => Object.keys(cells).length > 0);
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
