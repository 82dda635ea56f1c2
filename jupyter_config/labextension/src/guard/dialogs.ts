import { Dialog } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';

import { el } from '../dom';
import { say } from '../page';
import type { Banner } from './banner';
import { causeOf } from './cause';
import type { Connection } from './connection';
import { pause } from './queue';
import type { Saver } from './saver';

const MOST_FRAMES = 30;
const PATIENCE_MS = 5_000;
const OVERWRITE = 2;

/** JupyterLab's own dialogs that a learner can't know what to do with, answered in their place and said in plain words. */
export class StandIn {
  constructor(
    private readonly trans: TranslationBundle,
    private readonly tracker: INotebookTracker,
    private readonly connection: Connection,
    private readonly banner: Banner,
    private readonly saver: Pick<Saver, 'takeOver'>,
    private readonly awake: () => boolean,
  ) {
    Dialog.tracker.widgetAdded.connect((_, dialog) => {
      if (this.awake()) void this.look(dialog);
    });
  }

  /** A dialog's words are there only once it is drawn; until it is known whose it is, it is not to be seen. */
  private async look(dialog: Dialog<unknown>): Promise<void> {
    dialog.addClass('penguin-undecided');
    await dialog.ready;
    for (let frame = 0; frame < MOST_FRAMES && !titleOf(dialog); frame += 1) await nextFrame();
    if (!dialog.isDisposed) await this.answer(dialog);
    dialog.removeClass('penguin-undecided');
  }

  private async answer(dialog: Dialog<unknown>): Promise<void> {
    const title = titleOf(dialog);
    if (this.is(title, 'Kernel Restarting')) {
      close(dialog, () => dialog.resolve());
      this.banner.say({ title: say('lost.died'), seconds: 20 });
    } else if (this.is(title, 'File Changed')) {
      if (await this.isSettled(dialog)) close(dialog, () => dialog.resolve(OVERWRITE));
      else sayChanged(dialog);
    } else if (this.isAboutSaving(title)) {
      const cause = dialog.node.querySelector('.jp-Dialog-body')?.textContent ?? '';
      close(dialog, () => dialog.resolve());
      void this.tellUnsaved(cause);
    } else if (this.connection.lost) {
      close(dialog, () => dialog.reject()); // one word is enough while nothing works
    }
  }

  /** Whether the two versions of a lesson could be made one, so that nobody has to choose. */
  private async isSettled(dialog: Dialog<unknown>): Promise<boolean> {
    const body = dialog.node.querySelector('.jp-Dialog-body')?.textContent ?? '';
    const panel = this.tracker.find((each) => body.includes(each.context.path));
    if (!panel) return false;
    const settled = this.saver.takeOver(panel).catch((fault: unknown) => {
      console.warn('The two versions could not be compared', fault);
      return false;
    });
    return Promise.race([settled, pause(PATIENCE_MS).then(() => false)]);
  }

  /** Whether a title is JupyterLab's of that name, in either language: not all of its parts know the learner's. */
  private is(title: string, english: string, name = ''): boolean {
    return title === english.replace('%1', name) || title === this.trans.__(english, name);
  }

  private isAboutSaving(title: string): boolean {
    const panel = this.tracker.find((each) => {
      const { path } = each.context;
      return [path, PathExt.basename(path)].some((name) => this.is(title, 'File Save Error for %1', name));
    });
    return panel !== undefined;
  }

  private async tellUnsaved(cause: string): Promise<void> {
    await this.connection.look();
    if (this.connection.lost) return;
    console.warn('Not saved', cause);
    this.banner.say({
      title: say('unsaved.title'),
      lines: [say('unsaved.safe'), say(`unsaved.${causeOf(cause)}`)],
      tone: 'warning',
      actions: [{ label: say('missing.save_again'), act: () => this.tracker.currentWidget?.context.save() }],
    });
  }
}

/**
 * The same lesson was saved by another page: which of the two shall stay? The dialog is said anew in its own place, for
 * another one would wait until this one has been answered.
 */
function sayChanged({ node }: Dialog<unknown>): void {
  node.setAttribute('aria-label', `${say('changed.title')} ${say('changed.body')}`);
  const header = node.querySelector<HTMLElement>('.jp-Dialog-header');
  const body = node.querySelector<HTMLElement>('.jp-Dialog-body');
  header?.before(el('div', { class: 'jp-Dialog-header' }, say('changed.title')));
  body?.before(el('span', { class: 'jp-Dialog-body' }, say('changed.body')));
  for (const each of [header, body]) if (each) each.hidden = true;
  const [cancel, theirs, mine] = node.querySelectorAll<HTMLElement>('.jp-Dialog-button');
  if (cancel) cancel.hidden = true;
  relabel(theirs, 'changed.theirs', 'jp-mod-reject');
  relabel(mine, 'changed.mine', 'jp-mod-accept');
}

function relabel(made: HTMLElement | undefined, code: string, tone: string): void {
  const label = made?.querySelector('.jp-Dialog-buttonLabel');
  if (!made || !label) return;
  label.textContent = say(code);
  made.title = '';
  made.classList.remove('jp-mod-accept', 'jp-mod-warn');
  made.classList.add(tone);
  made.setAttribute('aria-label', say(code));
}

function titleOf(dialog: Dialog<unknown>): string {
  return dialog.node.querySelector('.jp-Dialog-header')?.textContent?.trim() ?? '';
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => resolve());
  });
}

/** A dialog can be answered once it has been shown. */
function close(dialog: Dialog<unknown>, answer: () => void): void {
  dialog.hide();
  requestAnimationFrame(answer);
}
