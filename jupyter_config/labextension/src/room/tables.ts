import type { INotebookTracker } from '@jupyterlab/notebook';
import { Widget } from '@lumino/widgets';

import { el } from '../dom';
import { ask, textOf } from '../outputs/ask';
import { say } from '../page';
import { drawerHead } from './map';

export const TABLES = 'penguin-tables';

/** The drawer on the right: the tables of the practice data, as the kernel tells them; those of this lesson first. */
export class Tables extends Widget {
  private readonly body = el('div', { class: 'penguin-tables-body' });
  private filled = false;
  private lesson = '';

  constructor(
    private readonly tracker: INotebookTracker,
    private readonly tablesOf: (lesson: string) => Promise<string[]>,
    close: () => void,
  ) {
    super({ node: el('aside', { 'aria-label': say('bar.tables') }) });
    this.id = TABLES;
    this.title.label = say('bar.tables');
    this.title.caption = say('bar.tables_caption');
    this.addClass('penguin-drawer');
    this.addClass('penguin-tables');
    this.node.append(drawerHead(say('bar.tables'), close), this.body);
    tracker.currentChanged.connect(() => void this.fill());
  }

  /** Put the tables of a lesson first. */
  async order(lesson: string): Promise<void> {
    this.lesson = lesson;
    const list = this.body.querySelector('.pg-tables');
    if (!list || !lesson) return;
    const first = await this.tablesOf(lesson).catch((): string[] => []);
    const entries = [...list.querySelectorAll<HTMLElement>('.pg-entry')];
    const place = (entry: HTMLElement): number => {
      const at = first.indexOf(entry.querySelector('summary code')?.textContent ?? '');
      return at < 0 ? first.length : at;
    };
    for (const each of entries) each.classList.toggle('penguin-of-lesson', place(each) < first.length);
    list.append(...entries.sort((one, other) => place(one) - place(other)));
  }

  protected override onAfterShow(): void {
    void this.fill();
  }

  private async fill(): Promise<void> {
    const panel = this.tracker.currentWidget;
    if (this.filled || !panel || !this.isVisible) return;
    this.filled = true;
    this.body.replaceChildren(
      el('p', { class: 'penguin-waiting', role: 'status' }, say('bar.tables_loading')),
    );
    const html = textOf(await ask(panel, '%schema'));
    this.filled = html !== '';
    this.body.innerHTML = html;
    for (const each of this.body.querySelectorAll<HTMLElement>('.pg-scroll')) each.tabIndex = 0;
    const busy = document.activeElement?.closest('.jp-Cell');
    if (!busy) this.body.querySelector<HTMLInputElement>('[data-penguin-search]')?.focus();
    await this.order(this.lesson);
  }
}
