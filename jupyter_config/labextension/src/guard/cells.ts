import type { ICell, INotebookContent, IOutput } from '@jupyterlab/nbformat';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';

import type { Cells, Held } from './merge';

/** The cells of a document as they stand on the page. */
export function cellsOf(panel: NotebookPanel): Cells {
  return new Map(
    panel.context.model.sharedModel.cells.map((each) => [
      each.id,
      { text: each.getSource(), outputs: 'getOutputs' in each ? (each.getOutputs() as Held['outputs']) : [] },
    ]),
  );
}

/** The cells of a document as its file holds them; one without an id is nobody's counterpart. */
export function inFile(file: Contents.IModel): Cells {
  const { cells } = file.content as INotebookContent;
  return new Map(
    cells.map((each, place) => [typeof each.id === 'string' ? each.id : `${place}`, heldBy(each)]),
  );
}

/** Put text and outputs into cells of a document. */
export function put(panel: NotebookPanel, taken: Cells): void {
  for (const cell of panel.context.model.sharedModel.cells) {
    const held = taken.get(cell.id);
    if (!held) continue;
    if (cell.getSource() !== held.text) cell.setSource(held.text);
    if ('setOutputs' in cell) cell.setOutputs(held.outputs as unknown as IOutput[]);
  }
}

function heldBy(cell: ICell): Held {
  const text = Array.isArray(cell.source) ? cell.source.join('') : cell.source;
  return { text, outputs: (cell.outputs ?? []) as Held['outputs'] };
}
