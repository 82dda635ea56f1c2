import type { CodeCell } from '@jupyterlab/cells';
import { Widget } from '@lumino/widgets';

import { el } from '../dom';
import { replaceSource, sourceOf } from '../outputs/source';
import { say } from '../page';
import type { ClickForm, Field } from '../server';
import { LineOrder } from './order';
import { linesIn, typed, unused, valueIn, withLines, withValue } from './values';

/** What the cell's text is given by clicks: it stands above the text, which stays the answer and may be written as well. */
export class Clicks extends Widget {
  private readonly inputs = new Map<Field, HTMLElement>();
  private readonly order: LineOrder | null = null;
  private writing = false;

  constructor(
    private readonly cell: CodeCell,
    private readonly form: ClickForm,
    run: () => Promise<void>,
  ) {
    super({ node: el('div', { class: 'penguin-clicks', 'data-lm-suppress-shortcuts': 'true' }) });
    this.node.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.shiftKey || event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void run();
    });
    // the notebook would take the focus to its cell, and a list that is open would close
    for (const name of ['mousedown', 'focusin', 'keydown'])
      this.node.addEventListener(name, (event) => event.stopPropagation());
    if (form.lines.length) {
      this.order = new LineOrder((lines) => this.write(withLines(sourceOf(this.cell), lines)));
      this.node.append(this.order.node);
    } else this.node.append(...form.fields.map((each) => this.field(each)));
    this.cell.model.contentChanged.connect(this.read, this);
    this.read();
  }

  override dispose(): void {
    if (!this.cell.isDisposed) this.cell.model.contentChanged.disconnect(this.read, this);
    super.dispose();
  }

  /** Show what the text holds, whoever wrote it; a text in another form has to be written. */
  private read(): void {
    if (this.writing || this.isDisposed) return;
    const source = sourceOf(this.cell);
    if (this.order) {
      const used = linesIn(source);
      this.order.draw(used, unused(this.form.lines, used));
      return;
    }
    const values = this.form.fields.map((each) => valueIn(source, each));
    this.node.hidden = values.includes(null);
    this.form.fields.forEach((each, at) => this.fill(each, values[at] ?? ''));
  }

  private write(source: string): void {
    if (source === sourceOf(this.cell)) return;
    this.writing = true;
    replaceSource(this.cell, source);
    this.writing = false;
    if (this.order) this.read();
  }

  private field(field: Field): HTMLElement {
    if (field.sort === 'truth')
      return this.choice(
        field,
        ['true', 'false'].map((each) => [each, each]),
      );
    if (!field.options.length) return this.entry(field);
    const options = field.options.map((each): [string, string] => [
      each.letter,
      `${each.letter}) ${each.text}`,
    ]);
    const alone = this.form.fields.filter((each) => each.options.length).length === 1;
    return alone ? this.choice(field, options) : this.list(field, options);
  }

  /** One of a few, all in sight. */
  private choice(field: Field, options: [string, string][]): HTMLElement {
    const name = `${this.cell.model.id}-${field.name}`;
    const ways = options.map(([value, text]) => {
      const radio = el('input', { type: 'radio', name, value });
      radio.addEventListener('change', () => this.write(withValue(sourceOf(this.cell), field, value)));
      return el('label', {}, radio, ' ', text);
    });
    const short = field.sort === 'truth' ? 'penguin-clicks-row' : '';
    const set = el('fieldset', { class: short }, el('legend', {}, legendOf(field)), ...ways);
    this.inputs.set(field, set);
    return set;
  }

  /** One of a few for each of several columns: pairs. */
  private list(field: Field, options: [string, string][]): HTMLElement {
    const select = el(
      'select',
      {},
      el('option', { value: '' }, say('click.choose')),
      ...options.map(([value, text]) => el('option', { value }, text)),
    );
    select.addEventListener('change', () => this.write(withValue(sourceOf(this.cell), field, select.value)));
    this.inputs.set(field, select);
    return el('label', { class: 'penguin-clicks-line' }, el('span', {}, field.label), select);
  }

  private entry(field: Field): HTMLElement {
    const input = el('input', {
      type: 'text',
      inputmode: field.sort === 'number' ? 'decimal' : 'text',
      autocomplete: 'off',
      placeholder: field.sort === 'date' ? 'YYYY-MM-DD' : '',
    });
    const wrong = el('small', { role: 'status' });
    input.addEventListener('input', () => {
      const value = typed(field, input.value);
      input.setAttribute('aria-invalid', String(value === null));
      wrong.textContent = value === null ? say('click.number') : '';
      this.write(withValue(sourceOf(this.cell), field, value));
    });
    this.inputs.set(field, input);
    return el('label', { class: 'penguin-clicks-line' }, el('span', {}, field.label), input, wrong);
  }

  private fill(field: Field, value: string): void {
    const input = this.inputs.get(field);
    if (input instanceof HTMLInputElement || input instanceof HTMLSelectElement) {
      input.value = value;
      if (input instanceof HTMLInputElement) input.setAttribute('aria-invalid', 'false');
    } else
      input?.querySelectorAll('input').forEach((each) => {
        each.checked = each.value === value.toLowerCase();
      });
  }
}

/** A lone column that is called "answer" says nothing by its name. */
function legendOf(field: Field): string {
  return field.name === 'answer' ? say('click.answer') : field.label;
}
