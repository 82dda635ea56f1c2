import { el } from '../dom';
import type { BiPage } from './server';

/** Draw anew what of a page follows what is written in it (`data-bi-live`), and nothing of what is being written. */
export function follow(node: HTMLElement, { html = '' }: BiPage): void {
  const page = el('div');
  page.innerHTML = html;
  for (const now of page.querySelectorAll<HTMLElement>('[data-bi-live]')) {
    const then = node.querySelector(`[data-bi-live="${now.dataset['biLive'] ?? ''}"]`);
    if (!then || then.contains(document.activeElement)) continue;
    now.querySelector('details')?.toggleAttribute('open', then.querySelector('details')?.open ?? false);
    then.replaceWith(now);
  }
}
