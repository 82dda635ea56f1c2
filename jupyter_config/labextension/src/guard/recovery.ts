import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel, ServiceManager } from '@jupyterlab/services';

import { hubPrefix, say } from '../page';
import type { Banner } from './banner';
import type { Connection } from './connection';
import type { Saver } from './saver';

/** What is said while the server is away, and what is done once it is back. */
export class Recovery {
  constructor(
    private readonly tracker: INotebookTracker,
    private readonly banner: Banner,
    private readonly saver: Saver,
    private readonly services: ServiceManager.IManager,
    connection: Connection,
    private readonly refresh: () => Promise<void>,
  ) {
    tracker.widgetAdded.connect((_, panel) => {
      panel.sessionContext.connectionStatusChanged.connect((_context, status) => {
        if (status !== 'connected') void connection.look();
      });
    });
    connection.changed.connect((_, lost) => {
      if (lost) this.tell();
      else void this.comeBack();
    });
  }

  private tell(): void {
    this.banner.say({
      title: say('lost.title'),
      lines: [say('lost.safe'), say(hubPrefix ? 'lost.what_hub' : 'lost.what'), say('lost.trying')],
      busy: true,
      tone: 'warning',
    });
  }

  private async comeBack(): Promise<void> {
    const panels: NotebookPanel[] = [];
    this.tracker.forEach((each) => panels.push(each));
    await this.services.sessions.refreshRunning();
    await this.services.kernels.refreshRunning();
    for (const each of panels)
      await revive(each, this.services.kernels).catch((fault: unknown) =>
        console.warn('No kernel yet', fault),
      );
    await this.saver.saveAll();
    await this.refresh();
    this.banner.say({ title: say('lost.back'), seconds: 6 });
  }
}

/** A kernel that lives is reached again; one that went with its server is started anew. */
async function revive(panel: NotebookPanel, kernels: Kernel.IManager): Promise<void> {
  const { sessionContext } = panel;
  const kernel = sessionContext.session?.kernel;
  const lives = [...kernels.running()].some((each) => each.id === kernel?.id);
  if (kernel && lives && !kernel.isDisposed) {
    if (kernel.connectionStatus !== 'connected') await kernel.reconnect();
    return;
  }
  await sessionContext.startKernel();
}
