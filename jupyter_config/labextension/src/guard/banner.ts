import { BoxLayout, Widget } from '@lumino/widgets';

import { button, el } from '../dom';
import { say } from '../page';

/** What a banner says. */
export interface Notice {
  title: string;
  lines?: string[];
  /** Seconds after which it goes by itself; 0 while it holds. */
  seconds?: number;
  busy?: boolean;
  actions?: { label: string; act: () => unknown }[];
  tone?: 'calm' | 'warning';
}

/** The strip under the bar: one clear word at a time, and what stands below makes room for it. */
export class Banner extends Widget {
  private readonly strip = el('div', { class: 'penguin-banner' });
  private timer = 0;

  constructor() {
    super({ node: el('div', { role: 'status', 'aria-live': 'polite' }) });
    this.id = 'penguin-said';
    this.addClass('penguin-said');
    this.node.append(this.strip);
  }

  /** Say something, in place of what was said before. */
  say(notice: Notice): void {
    clearTimeout(this.timer);
    const title = el('strong', { class: notice.busy ? 'penguin-spin' : '' }, notice.title);
    const lines = (notice.lines ?? []).map((each) => el('span', {}, each));
    const actions = (notice.actions ?? []).map(({ label, act }) =>
      button(label, async () => {
        await act();
        this.clear();
      }),
    );
    const shut = button('×', () => this.clear(), {
      'aria-label': say('bar.close'),
      class: 'penguin-banner-close',
    });
    this.strip.replaceChildren(title, ...lines, ...actions, ...(notice.busy ? [] : [shut]));
    this.strip.dataset['tone'] = notice.tone ?? 'calm';
    this.fitStrip();
    if (notice.seconds) this.timer = window.setTimeout(() => this.clear(), notice.seconds * 1000);
  }

  /** Say nothing. */
  clear(): void {
    clearTimeout(this.timer);
    this.strip.replaceChildren();
    this.fitStrip();
  }

  protected override onAfterAttach(): void {
    if (this.parent?.layout instanceof BoxLayout) this.parent.layout.spacing = 0; // none where nothing is said
    this.fitStrip();
  }

  /** In a narrower window the same words take more lines. */
  protected override onResize(): void {
    this.fitStrip();
  }

  private fitStrip(): void {
    const height = `${this.strip.offsetHeight}px`;
    if (this.node.style.minHeight === height) return;
    this.node.style.minHeight = height;
    this.parent?.fit();
  }
}
