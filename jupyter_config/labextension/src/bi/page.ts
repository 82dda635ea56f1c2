import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { Widget } from '@lumino/widgets';

import { el, working } from '../dom';
import { watchExam } from '../exam/watch';
import { save } from '../outputs/take';
import { say } from '../page';
import { type Asking, askingAt, fieldsOf, keeperOf, keepsByItself } from './asking';
import { countDown } from './countdown';
import { carryOver, fieldNamed, focusedField, written } from './drawn';
import { type EditorTools, SqlEditor } from './editor';
import { follow } from './following';
import { sheetOf, takeSheet } from './picture';
import { moment, whileRunning } from './running';
import type { BiPage, BiServer, Offers } from './server';
import { Telling } from './telling';

/** So long after the last letter it is kept, and so long after that failed it is tried again. */
const PAUSE = 700;
const AGAIN = 5000;
const VEGA = 'application/vnd.vegalite.v5+json';

/** What a room of such pages is called, and which page comes first; empty where the server says. */
export interface Rooms {
  id: string;
  label: string;
  first: string;
  /** Whether what its buttons ask for can be stopped. */
  stops?: boolean;
}

/** The BI room, the Expo or the level tests: pages that the server draws, with charts drawn as in a notebook. */
export class BiRoom extends Widget {
  private at: string;
  private waiting = 0;
  /** The buttons that keep what was written and is not kept yet. */
  private readonly unsaved = new Set<HTMLElement>();
  private readonly charts: Widget[] = [];
  private readonly editors: SqlEditor[] = [];
  /** The editor that was written in last, where a name from the list of tables goes. */
  private lastWritten: SqlEditor | null = null;
  private readonly stop: (() => Promise<unknown>) | null;
  private readonly telling: Telling;
  private readonly parting = (): void => this.leave();

  constructor(
    private readonly server: BiServer,
    private readonly rendermime: IRenderMimeRegistry,
    private readonly tools: EditorTools,
    { id, label, first, stops = false }: Rooms,
  ) {
    super({ node: el('main', { tabindex: '-1', 'aria-label': label }) });
    this.at = first;
    this.telling = new Telling(this.node);
    this.stop = stops ? () => this.server.act('stop', this.at, {}) : null;
    this.id = id;
    this.title.label = label;
    this.title.closable = false;
    this.addClass('penguin-bi');
    this.node.append(el('p', { class: 'penguin-waiting', role: 'status' }, say('splash.loading')));
    this.node.addEventListener('click', (event) => this.clicked(event));
    this.node.addEventListener('change', (event) => this.changed(event));
    this.node.addEventListener('input', ({ target }) => {
      const keeper = keeperOf(target);
      if (keeper) this.unsaved.add(keeper);
      if (keepsByItself(target)) this.keepSoon(PAUSE);
    });
    this.node.addEventListener('keydown', (event) => this.pressed(event));
    this.node.addEventListener('submit', (event) => this.submitted(event));
    window.addEventListener('pagehide', this.parting);
  }

  /** Fetch the page in front anew: a notebook or another window may have changed it. What is being written stays. */
  async refresh(): Promise<void> {
    if (!this.unsaved.size) await this.fetch(() => this.server.page(this.at));
  }

  /** Another of its pages; what is being written is kept first. */
  async open(at: string): Promise<void> {
    if (await this.keep(this.node)) await this.fetch(() => this.server.page(at), true);
  }

  override dispose(): void {
    window.removeEventListener('pagehide', this.parting);
    window.clearTimeout(this.waiting);
    this.clear();
    super.dispose();
  }

  protected override onActivateRequest(): void {
    this.node.focus({ preventScroll: true });
  }

  private clicked(event: Event): void {
    const found = askingAt(event.target);
    if (!found) return;
    event.preventDefault();
    void working(found.element, () => this.answer(found));
  }

  private changed({ target }: Event): void {
    if (!(target instanceof HTMLSelectElement)) return;
    const action = target.dataset['biChange'];
    if (action) void this.keep(target).then((kept) => kept && this.act(action, fieldsOf(target)));
  }

  /** What the editor offers for the word before the cursor. */
  offers(code: string, cursor: number): Promise<Offers> {
    return this.server.offers(code, cursor);
  }

  /** What answers Tab takes a second to begin, longer than an editor waits: it begins when one begins to write. */
  private wake(editor: SqlEditor): void {
    const isNew = this.lastWritten !== editor;
    this.lastWritten = editor;
    if (!isNew) return;
    this.offers('', 0).catch((fault: unknown) => console.warn('Nothing answers Tab yet', fault));
  }

  /** What a lesson's kernel answers to the line %schema. */
  async html(line: string): Promise<string> {
    for (;;) {
      const { html, busy } = await this.server.tables(line.replace(/^%schema\s*/, ''));
      if (!busy || this.isDisposed) return html;
      await moment(); // a query runs: they come after it
    }
  }

  /** Nothing is offered while a query runs: that is said, so that nobody presses Tab in vain. */
  tellBusy(): void {
    this.telling.tell(say('bi.tab_busy'), true);
  }

  /** Write a name from the list of tables into the query. */
  insert(text: string): void {
    (this.editors.find((each) => each === this.lastWritten) ?? this.editors[0])?.insert(text);
  }

  /** A text is sent by the keys by which a cell runs. */
  private pressed(event: KeyboardEvent): void {
    if (!(event.target instanceof HTMLTextAreaElement) || event.key !== 'Enter' || event.isComposing) return;
    if (!event.shiftKey && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    event.target.form?.querySelector<HTMLButtonElement>('button.penguin-primary')?.click();
  }

  /** Keep what is written in other forms than that of an element; whether nothing stands in the way of going on. */
  private async keep(element: HTMLElement): Promise<boolean> {
    const others = [...this.unsaved].filter((each) => each.closest('form') !== element.closest('form'));
    try {
      for (const each of others) {
        const { html, said = '' } = await this.server.act(
          each.dataset['biDo'] ?? '',
          this.at,
          fieldsOf(each),
        );
        if (html === undefined) {
          this.telling.tell(said, false);
          if (!window.confirm(say('bi.leave', { why: this.telling.line.textContent }))) return false;
        }
        this.unsaved.delete(each);
      }
      return true;
    } catch (fault) {
      this.telling.failed(fault);
      return false;
    }
  }

  /** Keep by itself what is being written, without drawing the page anew; what the server did not take is tried again. */
  private keepSoon(pause: number): void {
    window.clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.keepQuietly(), pause);
  }

  /** Keep what is being written as its page is closed or loaded anew, as it is before another page of the room. */
  private leave(): void {
    for (const each of this.unsaved) this.server.leave(each.dataset['biDo'] ?? '', this.at, fieldsOf(each));
  }

  private async keepQuietly(): Promise<void> {
    for (const each of [...this.unsaved]) {
      if (!keepsByItself(each)) continue;
      const fields = fieldsOf(each);
      try {
        follow(this.node, await this.server.act(each.dataset['biDo'] ?? '', this.at, fields));
        this.telling.answered();
        if (JSON.stringify(fieldsOf(each)) === JSON.stringify(fields)) this.unsaved.delete(each);
      } catch (fault) {
        this.telling.failed(fault);
        this.keepSoon(AGAIN);
        return;
      }
    }
  }

  /** Enter in a field does what the form's first button does. */
  private submitted(event: Event): void {
    event.preventDefault();
    const form = event.target instanceof HTMLFormElement ? event.target : null;
    form?.querySelector<HTMLButtonElement>('button.penguin-primary, [data-bi-do]')?.click();
  }

  private async answer({ element, kind, value }: Asking): Promise<void> {
    if (!(await this.keep(element))) return;
    if (kind === 'go') await this.fetch(() => this.server.page(value), true);
    else if (kind === 'full') await sheetOf(element)?.requestFullscreen();
    else if (kind === 'file') await takeSheet(element, value, this.id);
    else if (kind === 'timer') await countDown(element, Number(value));
    else await this.repeatedly(element, value);
  }

  /** As often as the button says; each time by what the page then says of itself. */
  private async repeatedly(element: HTMLElement, action: string): Promise<void> {
    const { biTimes = '1', biSure = '' } = element.dataset;
    if (biSure && !window.confirm(biSure)) return;
    let fields = fieldsOf(element);
    const said: string[] = [];
    let failed = false;
    for (let left = Number(biTimes); left > 0; left -= 1) {
      if (!(await this.act(action, fields))) return;
      this.telling.show(element);
      failed = this.telling.gather(said) || failed;
      this.telling.all(said, failed); // of a week, every morning is told
      const next = this.node.querySelector<HTMLElement>(`[data-bi-do="${action}"]`);
      if (left < 2 || !next) return;
      fields = fieldsOf(next);
    }
  }

  private act(action: string, fields: Record<string, string>): Promise<boolean> {
    return this.fetch(() => this.server.act(action, this.at, fields));
  }

  /** Show what the server answers; what it can't is told on the page that stays. */
  private async fetch(ask: () => Promise<BiPage>, fresh = false): Promise<boolean> {
    const before = written(this.node);
    try {
      const page = await whileRunning(this.node, this.stop, ask);
      if (page.file) save(page.file);
      if (page.html === undefined) {
        this.telling.tell(page.said ?? '', page.aside === true);
        return false;
      }
      this.draw(page.at, page.html, fresh ? null : before);
      return true;
    } catch (fault) {
      this.telling.failed(fault);
      return false;
    }
  }

  /** Draw a page; `before` is what stood in the fields as it was asked for, where the same one is drawn anew. */
  private draw(at: string, html: string, before: Map<string, string> | null): void {
    if (this.isDisposed) return;
    const isSame = before !== null && at === this.at;
    const scrolled = isSame ? this.node.scrollTop : 0;
    const focused = this.editors.findIndex((each) => each.hasFocus);
    const cursor = this.editors[focused]?.cursor;
    const [now, field] = [written(this.node), focusedField(this.node)];
    this.at = at;
    this.unsaved.clear();
    this.clear();
    const page = el('div', { class: 'penguin-bi-page' });
    page.innerHTML = html;
    const carried = isSame ? carryOver(before, now, page) : [];
    this.node.replaceChildren(page);
    for (const place of page.querySelectorAll<HTMLElement>('[data-bi-chart]')) this.chart(place);
    for (const field of page.querySelectorAll<HTMLTextAreaElement>('[data-bi-sql]'))
      this.editors.push(new SqlEditor(field, this.tools, this, (each) => this.wake(each)));
    for (const each of carried) each.dispatchEvent(new Event('input', { bubbles: true }));
    if (isSame && cursor !== undefined) this.editors[focused]?.focusAt(cursor);
    else if (isSame) fieldNamed(page, field)?.focus({ preventScroll: true });
    this.node.scrollTop = scrolled;
    watchExam(page, (key, seconds) =>
      this.server.act('exam/away', this.at, { key, seconds: String(seconds) }),
    );
  }

  private chart(place: HTMLElement): void {
    const spec = JSON.parse(place.dataset['biChart'] ?? '{}') as never;
    const drawn = this.rendermime.createRenderer(VEGA);
    this.charts.push(drawn);
    Widget.attach(drawn, place);
    const model = this.rendermime.createModel({ data: { [VEGA]: spec } });
    drawn.renderModel(model).catch((fault: unknown) => console.warn('A chart could not be drawn', fault));
  }

  private clear(): void {
    for (const each of [...this.charts.splice(0), ...this.editors.splice(0)]) each.dispose();
  }
}
