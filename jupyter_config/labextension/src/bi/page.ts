import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { Widget } from '@lumino/widgets';

import { el, working } from '../dom';
import { save } from '../outputs/take';
import { say } from '../page';
import { BI } from '../room/place';
import { type Asking, askingAt, fieldsOf } from './asking';
import { htmlFile, pngFile } from './picture';
import type { BiPage, BiServer } from './server';

const FIRST = 'queries';
const VEGA = 'application/vnd.vegalite.v5+json';

/** The BI room: pages that the server draws, with charts drawn as in a notebook. */
export class BiRoom extends Widget {
  private at = FIRST;
  private readonly charts: Widget[] = [];

  constructor(
    private readonly server: BiServer,
    private readonly rendermime: IRenderMimeRegistry,
  ) {
    super({ node: el('main', { tabindex: '-1', 'aria-label': say('bar.bi') }) });
    this.id = BI;
    this.title.label = say('bar.bi');
    this.title.closable = false;
    this.addClass('penguin-bi');
    this.node.append(el('p', { class: 'penguin-waiting', role: 'status' }, say('splash.loading')));
    this.node.addEventListener('click', (event) => this.clicked(event));
    this.node.addEventListener('change', (event) => this.changed(event));
    this.node.addEventListener('submit', (event) => this.submitted(event));
  }

  /** Fetch the page in front anew: a notebook or another window may have changed it. */
  async refresh(): Promise<void> {
    await this.fetch(() => this.server.page(this.at));
  }

  override dispose(): void {
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
    if (action) void this.act(action, fieldsOf(target));
  }

  /** Enter in a field does what the form's first button does. */
  private submitted(event: Event): void {
    event.preventDefault();
    const form = event.target instanceof HTMLFormElement ? event.target : null;
    form?.querySelector<HTMLButtonElement>('button.penguin-primary, [data-bi-do]')?.click();
  }

  private async answer({ element, kind, value }: Asking): Promise<void> {
    if (kind === 'go') await this.fetch(() => this.server.page(value), true);
    else if (kind === 'full') await this.sheet(element)?.requestFullscreen();
    else if (kind === 'file') await this.take(element, value);
    else if (kind === 'timer') await countDown(element, Number(value));
    else await this.repeatedly(element, value);
  }

  /** As often as the button says; each time by what the page then says of itself. */
  private async repeatedly(element: HTMLElement, action: string): Promise<void> {
    const { biTimes = '1', biSure = '' } = element.dataset;
    if (biSure && !window.confirm(biSure)) return;
    let fields = fieldsOf(element);
    const said: string[] = [];
    for (let left = Number(biTimes); left > 0; left -= 1) {
      if (!(await this.act(action, fields))) return;
      const status = this.node.querySelector('.penguin-bi-said');
      said.push(status?.innerHTML ?? '');
      if (status) status.innerHTML = said.join('<br>'); // of a week, every morning is told
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
    this.node.setAttribute('aria-busy', 'true');
    try {
      const page = await ask();
      if (page.file) save(page.file);
      this.draw(page, fresh);
      return true;
    } catch (fault) {
      console.warn('The BI room got no answer', fault);
      const told = el('p', { class: 'penguin-bi-warning', role: 'alert' }, say('bi.failed'));
      this.node.querySelector('.penguin-bi-warning[role=alert]')?.remove();
      this.node.prepend(told);
      return false;
    } finally {
      this.node.removeAttribute('aria-busy');
    }
  }

  private draw({ at, html }: BiPage, fresh: boolean): void {
    if (this.isDisposed) return;
    const scrolled = fresh || at !== this.at ? 0 : this.node.scrollTop;
    this.at = at;
    this.clear();
    const page = el('div', { class: 'penguin-bi-page' });
    page.innerHTML = html;
    this.node.replaceChildren(page);
    for (const place of page.querySelectorAll<HTMLElement>('[data-bi-chart]')) this.chart(place);
    this.node.scrollTop = scrolled;
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
    for (const each of this.charts.splice(0)) each.dispose();
  }

  private sheet(element: HTMLElement): HTMLElement | null {
    return element.closest('.penguin-bi-page')?.querySelector<HTMLElement>('[data-bi-sheet]') ?? null;
  }

  /** The sheet as it is seen now, as a file. */
  private async take(element: HTMLElement, kind: string): Promise<void> {
    const sheet = this.sheet(element);
    if (!sheet) return;
    const name = sheet.dataset['biSheet'] ?? BI;
    if (kind === 'html') save(htmlFile(sheet, name));
    else save(await pngFile(sheet, name));
  }
}

/** Count the seconds on a button until they are over, or the page is. */
async function countDown(button: HTMLElement, seconds: number): Promise<void> {
  const label = button.textContent;
  for (let left = seconds; left > 0 && button.isConnected; left -= 1) {
    button.textContent = String(left);
    await new Promise((go) => setTimeout(go, 1000));
  }
  button.textContent = button.dataset['biOver'] ?? '';
  setTimeout(() => (button.textContent = label), 3000);
}
