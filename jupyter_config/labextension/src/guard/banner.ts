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

/** The strip under the bar: one clear word at a time. */
export class Banner {
  private readonly node = el('div', {
    class: 'penguin-banner',
    role: 'status',
    'aria-live': 'polite',
    hidden: true,
  });
  private timer = 0;

  constructor() {
    document.body.append(this.node);
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
    this.node.replaceChildren(title, ...lines, ...actions, ...(notice.busy ? [] : [shut]));
    this.node.dataset['tone'] = notice.tone ?? 'calm';
    this.node.hidden = false;
    if (notice.seconds) this.timer = window.setTimeout(() => this.clear(), notice.seconds * 1000);
  }

  /** Say nothing. */
  clear(): void {
    clearTimeout(this.timer);
    this.node.hidden = true;
    this.node.replaceChildren();
  }
}
