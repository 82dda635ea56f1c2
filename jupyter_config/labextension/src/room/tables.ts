import type { ILabShell } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';
import { Widget } from '@lumino/widgets';

import { el } from '../dom';
import { ask, textOf } from '../outputs/ask';
import { answersItself } from '../outputs/beside';
import { say } from '../page';
import { drawerHead } from './map';
import type { RoomServer } from '../server';
import { ownFile } from './ownfile';
import { lessonOf } from './place';

export const TABLES = 'penguin-tables';

/** The drawer on the right: the tables of the practice data, as the kernel tells them, those of the lesson in front first. */
export class Tables extends Widget {
  private readonly body = el('div', { class: 'penguin-tables-body' });
  private lesson: string | null = null;

  constructor(
    private readonly shell: ILabShell,
    private readonly tracker: INotebookTracker,
    server: RoomServer,
    close: () => void,
  ) {
    super({ node: el('aside', { 'aria-label': say('bar.tables') }) });
    this.id = TABLES;
    this.title.label = say('bar.tables');
    this.title.caption = say('bar.tables_caption');
    this.addClass('penguin-drawer');
    this.addClass('penguin-tables');
    this.node.append(drawerHead(say('bar.tables'), close), ownFile(server), this.body);
    shell.currentChanged.connect(() => void this.fill());
  }

  protected override onAfterShow(): void {
    void this.fill();
  }

  /** Ask the kernel in front, or the page that answers by itself, once for each lesson. */
  private async fill(): Promise<void> {
    const front = this.shell.currentWidget;
    const panel = this.tracker.currentWidget;
    const page = answersItself(front) ? front : null;
    if (!panel && !page) return;
    await panel?.context.ready;
    const lesson = page ? page.id : panel ? lessonOf(panel) : '';
    if (!this.isVisible || this.lesson === lesson) return;
    this.lesson = lesson;
    this.body.replaceChildren(
      el('p', { class: 'penguin-waiting', role: 'status' }, say('bar.tables_loading')),
    );
    const html = page ? await page.html('%schema') : panel ? textOf(await ask(panel, '%schema')) : '';
    if (this.lesson !== lesson) return;
    if (!html) this.lesson = null; // the kernel went away meanwhile: asked again next time
    this.body.innerHTML = html;
    const busy = document.activeElement?.closest('.jp-Cell');
    if (!busy) this.body.querySelector<HTMLInputElement>('[data-penguin-search]')?.focus();
  }
}
