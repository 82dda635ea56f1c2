import type { Cell, CodeCell } from '@jupyterlab/cells';
import type { IOutput } from '@jupyterlab/nbformat';
import type { NotebookPanel } from '@jupyterlab/notebook';

const WIDGET = 'application/vnd.jupyter.widget-view+json';

type Bundle = Record<string, unknown>;

interface Panel {
  outputs: CodeCell['model']['outputs'];
  at: number;
  id: string;
}

/** Where a kernel that made panels of buttons is gone, what they say without buttons takes their place. */
export function followPanels(panel: NotebookPanel): void {
  const { sessionContext } = panel;
  let restarted = false;
  const look = (): void => {
    retire(panel).catch((fault: unknown) => console.warn('Panels without a kernel stay', fault));
  };
  void sessionContext.ready.then(look);
  sessionContext.kernelChanged.connect(look);
  sessionContext.statusChanged.connect((_, status) => {
    if (status === 'restarting' || status === 'autorestarting') restarted = true;
    if (status !== 'idle' || !restarted) return;
    restarted = false;
    look();
  });
}

async function retire(panel: NotebookPanel): Promise<void> {
  await panel.context.ready;
  const kernel = panel.isDisposed ? null : panel.sessionContext.session?.kernel;
  const found = kernel ? panelsIn(panel) : [];
  if (!kernel || !found.length) return;
  const { content } = await kernel.requestCommInfo({ target_name: 'jupyter.widget' });
  if (content.status !== 'ok' || panel.isDisposed) return;
  for (const { outputs, at, id } of found) {
    if (id in content.comms || outputs.isDisposed || at >= outputs.length) continue;
    const shown = outputs.get(at).toJSON();
    if (modelOf(shown) === id) outputs.set(at, withoutWidget(shown));
  }
}

function panelsIn(panel: NotebookPanel): Panel[] {
  return panel.content.widgets.flatMap((cell) => {
    if (!isCode(cell)) return [];
    const { outputs } = cell.model;
    return Array.from({ length: outputs.length }, (_, at) => ({
      outputs,
      at,
      id: modelOf(outputs.get(at).toJSON()),
    })).filter((each) => each.id);
  });
}

function isCode(cell: Cell): cell is CodeCell {
  return cell.model.type === 'code';
}

/** The widget that an output shows; empty for none, and for one that can say nothing else. */
export function modelOf(output: IOutput): string {
  const data = (output['data'] ?? {}) as Bundle;
  const view = data[WIDGET] as { model_id?: string } | undefined;
  return 'text/html' in data ? (view?.model_id ?? '') : '';
}

/** The output as it is where there are no widgets. */
export function withoutWidget(output: IOutput): IOutput {
  const data = Object.entries((output['data'] ?? {}) as Bundle).filter(([type]) => type !== WIDGET);
  return { ...output, data: Object.fromEntries(data) } as IOutput;
}
