import { CodeCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { type PanelLayout, Widget } from '@lumino/widgets';

import { el } from '../dom';
import { exerciseOf, roleOf } from '../lesson/place';
import { say } from '../page';
import { headOf, replyOf } from './home';
import type { ClassModel } from './model';
import { pointsOf } from './words';

const SEEN_AFTER = 2000;

/** What mentors wrote, under the answer that it is about. */
export class CameBack {
  private readonly notes = new Map<string, Widget>();

  constructor(
    private readonly panel: NotebookPanel,
    private readonly model: ClassModel,
  ) {
    model.changed.connect(this.draw, this);
    panel.content.modelContentChanged.connect(this.draw, this);
    panel.disposed.connect(() => this.dispose());
    this.draw();
  }

  dispose(): void {
    this.model.changed.disconnect(this.draw, this);
    if (!this.panel.isDisposed) this.panel.content.modelContentChanged.disconnect(this.draw, this);
    for (const each of this.notes.values()) each.dispose();
    this.notes.clear();
  }

  private draw(): void {
    for (const cell of this.panel.content.widgets) {
      if (roleOf(cell) !== 'answer') continue;
      const exercise = exerciseOf(cell);
      const parts = this.parts(exercise);
      const told = JSON.stringify(parts.map((each) => each.outerHTML));
      const before = this.notes.get(exercise);
      if (before && !before.isDisposed && before.node.dataset['told'] === told) continue;
      before?.dispose();
      this.notes.delete(exercise);
      if (!parts.length) continue;
      const note = new Widget({
        node: el(
          'div',
          { class: 'penguin-back-note', 'data-told': told, 'data-exercise': exercise },
          ...parts,
        ),
      });
      this.notes.set(exercise, note);
      void cell.ready.then(() => {
        if (cell.isDisposed || note.isDisposed) return;
        const layout = cell.layout as PanelLayout;
        const output = layout.widgets.findIndex((each) => each.hasClass('jp-Cell-outputWrapper'));
        layout.insertWidget(
          cell instanceof CodeCell && output >= 0 ? output + 1 : layout.widgets.length,
          note,
        );
      });
      this.seen(exercise, note.node);
    }
  }

  private parts(exercise: string): HTMLElement[] {
    const mark = this.model.mark(exercise);
    const parts: HTMLElement[] = [];
    if (mark) {
      parts.push(el('p', { class: 'penguin-back-head' }, `${say('handin.came_back')} ${pointsOf(mark)}`));
      if (mark.comment) parts.push(el('blockquote', {}, mark.comment));
    }
    for (const each of this.model.questions(exercise)) {
      const fresh = each.unread ? el('span', { class: 'penguin-new' }, say('handin.new')) : null;
      parts.push(el('p', { class: 'penguin-back-head' }, headOf(each), fresh));
      parts.push(...replyOf(each));
    }
    return parts;
  }

  /** A reply counts as read once it has stood in the window for a moment. */
  private seen(exercise: string, node: HTMLElement): void {
    const fresh = this.model.questions(exercise).filter((each) => each.unread);
    if (!fresh.length) return;
    let timer = 0;
    const watch = new IntersectionObserver((entries) => {
      window.clearTimeout(timer);
      if (!entries.some((each) => each.isIntersecting)) return;
      timer = window.setTimeout(() => {
        watch.disconnect();
        for (const each of fresh) void this.model.read(each.key);
      }, SEEN_AFTER);
    });
    watch.observe(node);
  }
}
