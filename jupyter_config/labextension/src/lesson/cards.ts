import type { Cell } from '@jupyterlab/cells';
import { MarkdownCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';

import { CameBack } from '../handin/back';
import { labelNotebook } from '../room/labels';
import type { IRoom } from '../room/token';
import type { State } from '../server';
import { Card } from './card';
import { LessonEnd } from './end';
import { roleOf } from './place';
import { StretchBreaks } from './stretches';

/** The cards of one notebook while the page is a room. */
export class Cards {
  private readonly cards = new Map<Cell, Card>();
  private readonly end: LessonEnd;
  private readonly cameBack: CameBack;
  private readonly breaks: StretchBreaks;

  constructor(
    private readonly panel: NotebookPanel,
    private readonly room: IRoom,
  ) {
    const { model } = panel.content;
    panel.content.modelContentChanged.connect(this.bring, this);
    model?.cells.changed.connect(this.bring, this);
    room.standing.changed.connect(this.draw, this);
    panel.disposed.connect(() => this.dispose());
    this.end = new LessonEnd(panel, room);
    this.cameBack = new CameBack(panel, room.inClass);
    this.breaks = new StretchBreaks(panel, room);
    labelNotebook(panel);
    this.bring();
  }

  /** The card of a cell. */
  of(cell: Cell): Card | undefined {
    return this.cards.get(cell);
  }

  /** Leave the notebook as JupyterLab has it. */
  dispose(): void {
    this.room.standing.changed.disconnect(this.draw, this);
    if (!this.panel.isDisposed) {
      this.panel.content.modelContentChanged.disconnect(this.bring, this);
      this.panel.content.model?.cells.changed.disconnect(this.bring, this);
      for (const cell of this.panel.content.widgets) unlock(cell);
    }
    for (const each of this.cards.values()) each.dispose();
    this.cards.clear();
    this.end.dispose();
    this.cameBack.dispose();
    this.breaks.dispose();
  }

  /** Bring the cards in line with the cells. */
  private bring(): void {
    const cells = new Set<Cell>(this.panel.content.widgets);
    for (const [cell, card] of this.cards) {
      if (cells.has(cell) && card.fits) continue;
      card.dispose();
      this.cards.delete(cell);
    }
    for (const cell of cells) {
      lock(cell);
      if (!this.cards.has(cell)) this.cards.set(cell, new Card(this.panel, cell, this.room, this.breaks));
    }
    this.draw();
  }

  private draw(): void {
    const states = new Map<string, State>();
    for (const level of this.room.standing.current?.levels ?? []) {
      for (const lesson of level.lessons)
        for (const each of lesson.exercises) states.set(each.id, each.state);
    }
    for (const card of this.cards.values()) card.draw(states.get(card.exercise));
    this.breaks.draw();
  }
}

/** Text is for reading: a double click does not turn it into Markdown. Nothing of it goes into the file. */
function lock(cell: Cell): void {
  if (!(cell instanceof MarkdownCell) || roleOf(cell) === 'answer') return;
  cell.showEditorForReadOnly = false;
  cell.syncEditable = false;
  cell.readOnly = true;
  cell.rendered = true;
}

function unlock(cell: Cell): void {
  if (!(cell instanceof MarkdownCell) || cell.isDisposed) return;
  cell.showEditorForReadOnly = true;
  cell.syncEditable = true;
  cell.loadEditableState();
}
