import { Dialog, showDialog } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';

import { say } from '../page';
import type { Banner } from './banner';
import type { Connection } from './connection';

const REVERT = 1;
const OVERWRITE = 2;

/** JupyterLab's own dialogs that a learner can't know what to do with, answered in their place and said in plain words. */
export class StandIn {
  constructor(
    private readonly trans: TranslationBundle,
    private readonly tracker: INotebookTracker,
    private readonly connection: Connection,
    private readonly banner: Banner,
    private readonly awake: () => boolean,
  ) {
    Dialog.tracker.widgetAdded.connect((_, dialog) => {
      if (this.awake()) this.answer(dialog);
    });
  }

  private answer(dialog: Dialog<unknown>): void {
    const title = dialog.node.querySelector('.jp-Dialog-header')?.textContent?.trim() ?? '';
    if (title === this.trans.__('Kernel Restarting')) {
      close(dialog, () => dialog.resolve());
      this.banner.say({ title: say('lost.died'), seconds: 20 });
    } else if (title === this.trans.__('File Changed')) {
      void this.chooseVersion(dialog);
    } else if (this.isAboutSaving(title)) {
      const cause = dialog.node.querySelector('.jp-Dialog-body')?.textContent ?? '';
      close(dialog, () => dialog.resolve());
      void this.tellUnsaved(cause);
    } else if (this.connection.lost) {
      close(dialog, () => dialog.reject()); // one word is enough while nothing works
    }
  }

  private isAboutSaving(title: string): boolean {
    const panel = this.tracker.find((each) => {
      const { path } = each.context;
      return [path, PathExt.basename(path)].some(
        (name) => title === this.trans.__('File Save Error for %1', name),
      );
    });
    return panel !== undefined;
  }

  private async tellUnsaved(cause: string): Promise<void> {
    await this.connection.look();
    if (this.connection.lost) return;
    this.banner.say({
      title: say('unsaved.title'),
      lines: [say('unsaved.disk', { cause: cause.trim() })],
      tone: 'warning',
      actions: [{ label: say('missing.save_again'), act: () => this.tracker.currentWidget?.context.save() }],
    });
  }

  /** The same lesson was saved by another page: which of the two shall stay? */
  private async chooseVersion(dialog: Dialog<unknown>): Promise<void> {
    dialog.hide();
    const chosen = await showDialog({
      title: say('changed.title'),
      body: say('changed.body'),
      buttons: [
        Dialog.cancelButton({ label: say('changed.theirs') }),
        Dialog.okButton({ label: say('changed.mine') }),
      ],
      hasClose: false,
    });
    dialog.resolve(chosen.button.accept ? OVERWRITE : REVERT);
  }
}

/** A dialog can be answered once it has been shown. */
function close(dialog: Dialog<unknown>, answer: () => void): void {
  dialog.hide();
  requestAnimationFrame(answer);
}
