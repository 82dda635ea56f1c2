import type { NotebookPanel } from '@jupyterlab/notebook';

import { say } from '../page';

/** What JupyterLab says in English in whatever language, where only a screen reader hears it or Tab brings it out. */
export function labelPage(): void {
  const skip = document.querySelector('#jp-skiplink a');
  if (skip) skip.textContent = say('bar.skip');
}

/** The same for a notebook. */
export function labelNotebook({ content }: NotebookPanel): void {
  content.node.setAttribute('aria-label', say('bar.content'));
  content.node.querySelector('.jp-WindowedPanel-viewport')?.setAttribute('aria-label', say('bar.cells'));
}

/** Keep the browser's tab saying where the learner is: JupyterLab writes file names there, now and then. */
export class TabTitle {
  private wanted = '';

  constructor() {
    const title = document.querySelector('title');
    if (title) new MutationObserver(() => this.keep()).observe(title, { childList: true });
  }

  /** Say this from now on; nothing leaves it to JupyterLab. */
  set(text: string): void {
    this.wanted = text.replace(/\s+/g, ' ').trim(); // as the document gives it back
    this.keep();
  }

  private keep(): void {
    if (this.wanted && document.title !== this.wanted) document.title = this.wanted;
  }
}
