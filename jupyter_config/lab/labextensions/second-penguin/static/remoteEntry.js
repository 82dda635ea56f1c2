/* A JupyterLab extension written as the module container itself, so that nothing has to be built.
 *
 * Elements of a notebook's outputs, or of the side panel with the tables, say what a click on them does:
 *   data-penguin-source="<JSON text>"   that text becomes the source of the cell that the element stands under;
 *   data-penguin-append="<JSON text>"   that line is put under the cell's source, in place of a line of the same % name;
 *   data-penguin-insert="<JSON text>"   that text is written where the learner wrote last;
 *   data-penguin-copy                   the table before it goes to the clipboard, as a spreadsheet takes it;
 *   data-penguin-file="<% line>"        the kernel runs the line, and the file it answers with is downloaded;
 *   data-penguin-open="<% line>"        the kernel runs the line, and its answer opens beside the notebook;
 *   data-penguin-run="<% line>"         the line runs in a new cell at the end of this notebook, or of the one that data-penguin-in names;
 *   data-penguin-stop                   the running statement is stopped.
 * A <details data-penguin-fill="<% line>"> is filled with the kernel's answer when it is opened;
 * an <input data-penguin-search> hides what does not hold the words typed. All of it is hidden where this file is absent.
 * A hidden % line that shows where the learner stands is run whenever its notebook comes to the front.
 */
(() => {
  const FILE = 'application/vnd.penguin.file+json';
  const CLICKED = ['source', 'append', 'insert', 'copy', 'file', 'open', 'run', 'stop'];
  const SHOWN = /^%(home|practice menu)$/;
  const DRILL = /^-- (練習|今日の1問|Practice|Today) /;
  let shared = {};
  let lastEdited = null;

  async function load(name) {
    const versions = shared[name];
    const newest = Object.keys(versions).sort().pop();
    return (await versions[newest].get())();
  }

  /* The kernel's answer to a % line, without a cell. */
  async function ask(panel, code) {
    await panel.sessionContext.ready;
    const kernel = panel.sessionContext.session?.kernel;
    const answers = [];
    if (!kernel) return answers;
    const future = kernel.requestExecute({ code, store_history: false, allow_stdin: false });
    future.onIOPub = message => message.content.data && answers.push(message.content.data);
    await future.done;
    return answers;
  }

  const html = answers => answers.map(each => each['text/html'] || '').join('');

  function save({ name, type, base64 }) {
    const bytes = Uint8Array.from(atob(base64), each => each.charCodeAt(0));
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([bytes], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  function cells(table) {
    const text = cell => (cell.querySelector('.pg-null') ? '' : cell.childNodes[0]?.textContent ?? '').replace(/[\t\n]/g, ' ');
    return [...table.rows].map(row => [...row.cells].map(text).join('\t')).join('\n');
  }

  function say(element, text) {
    const before = element.textContent;
    element.textContent = text;
    setTimeout(() => (element.textContent = before), 1800);
  }

  function appended(source, line) {
    const name = line.split(' ', 1)[0];
    const kept = source.split('\n').filter(each => !each.trim().startsWith(name)).join('\n').trimEnd();
    return `${kept}\n${line}`;
  }

  function insert(notebook, text) {
    const cell = notebook.widgets.find(each => each.node === lastEdited) || notebook.activeCell;
    if (!cell?.editor) return;
    cell.editor.replaceSelection?.(text);
    cell.editor.focus();
  }

  const isHidden = cell => cell.model.type === 'code' && cell.model.getMetadata('jupyter')?.source_hidden;
  const lineOf = cell => cell.model.sharedModel.getSource().trim();

  /* Of a hidden % line only what it shows is to be seen. */
  function dress(notebook) {
    for (const cell of notebook.widgets) cell.toggleClass('penguin-shown', !!isHidden(cell) && lineOf(cell).startsWith('%'));
  }

  async function showItself(panel) {
    await panel.context.ready;
    dress(panel.content);
    for (const cell of panel.content.widgets.filter(each => isHidden(each) && SHOWN.test(lineOf(each)))) {
      const [data] = await ask(panel, lineOf(cell));
      if (!data || cell.isDisposed) continue;
      const shown = [{ output_type: 'display_data', data, metadata: {} }];
      if (cell.model.trusted && JSON.stringify(cell.model.outputs.toJSON()) === JSON.stringify(shown)) continue;
      cell.model.trusted = true;
      cell.model.outputs.fromJSON(shown);
    }
  }

  async function run(panel, line) {
    const { NotebookActions } = await load('@jupyterlab/notebook');
    await panel.context.ready;
    await panel.sessionContext.ready;
    const notebook = panel.content;
    notebook.activeCellIndex = notebook.widgets.length - 1;
    if (notebook.activeCell?.model.type !== 'code' || lineOf(notebook.activeCell)) NotebookActions.insertBelow(notebook);
    const cell = notebook.activeCell;
    cell.model.sharedModel.setSource(line);
    cell.model.setMetadata('jupyter', { source_hidden: true });
    dress(notebook);
    await NotebookActions.run(notebook, panel.sessionContext);
  }

  const does = {
    source: ({ cell, value }) => cell?.model.sharedModel.setSource(JSON.parse(value)),
    append: ({ cell, value }) => {
      const model = cell?.model.sharedModel;
      model?.setSource(appended(model.getSource(), JSON.parse(value)));
    },
    insert: ({ panel, value }) => insert(panel.content, JSON.parse(value)),
    copy: async ({ element }) => {
      await navigator.clipboard.writeText(cells(element.closest('.pg').querySelector('table')));
      say(element, element.dataset.penguinCopy || '✓');
    },
    file: async ({ panel, element, value }) => {
      const answers = await ask(panel, value);
      const file = answers.find(each => each[FILE]);
      if (file) save(file[FILE]);
      else say(element, answers.map(each => each['text/plain'] || '').join(' ').split('\n').pop());
    },
    open: async ({ app, panel, element, value }) => {
      const { Widget } = await load('@lumino/widgets');
      const page = new Widget();
      page.id = `penguin-${Date.now()}`;
      page.title.label = element.textContent;
      page.title.closable = true;
      page.addClass('penguin-page');
      page.node.innerHTML = html(await ask(panel, value));
      app.shell.add(page, 'main', { mode: 'split-bottom', ref: panel.id });
    },
    run: async ({ app, panel, element, value }) => {
      const name = element.dataset.penguinIn;
      const folder = panel.context.path.split('/').slice(0, -1);
      const path = name && [...folder, name].join('/');
      await run(path ? await app.commands.execute('docmanager:open', { path }) : panel, value);
    },
    stop: ({ panel }) => panel.sessionContext.session?.kernel?.interrupt()
  };

  function clicked(app, tracker, event) {
    const selector = CLICKED.map(each => `[data-penguin-${each}]`).join(',');
    const element = event.target instanceof Element && event.target.closest(selector);
    const panel = element && (tracker.find(each => each.node.contains(element)) || tracker.currentWidget);
    if (!element || !panel) return;
    event.preventDefault();
    event.stopPropagation();
    const what = CLICKED.find(each => element.hasAttribute(`data-penguin-${each}`));
    const cell = panel.content.widgets.find(each => each.node.contains(element));
    does[what]({ app, panel, cell, element, value: element.getAttribute(`data-penguin-${what}`) });
  }

  async function opened(tracker, event) {
    const details = event.target;
    if (!(details instanceof HTMLDetailsElement) || !details.open || !details.dataset.penguinFill) return;
    const panel = tracker.find(each => each.node.contains(details)) || tracker.currentWidget;
    const place = details.querySelector('.pg-fill');
    const code = details.dataset.penguinFill;
    delete details.dataset.penguinFill;
    if (panel && place) place.innerHTML = html(await ask(panel, code)) || place.innerHTML;
    filter(details.closest('.pg')?.querySelector('[data-penguin-search]'));
  }

  function filter(field) {
    if (!field) return;
    const words = field.value.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
    const entries = [...field.closest('.pg').querySelectorAll('[data-penguin-words]')];
    for (const each of entries) each.hidden = !words.every(word => each.dataset.penguinWords.includes(word));
    const tables = entries.filter(each => each instanceof HTMLDetailsElement && !each.hidden);
    if (words.length && tables.length <= 4) for (const each of tables) each.open = true;
  }

  async function addTables(app, tracker, translator) {
    const { Widget } = await load('@lumino/widgets');
    const japanese = translator?.languageCode?.startsWith('ja');
    class Tables extends Widget {
      onAfterShow() {
        this.fill();
      }
      async fill() {
        const panel = tracker.currentWidget;
        if (this.filled || !panel || !this.isVisible) return;
        this.filled = true;
        this.node.innerHTML = html(await ask(panel, '%schema'));
        if (!this.node.querySelector('.pg')) this.filled = false;
        for (const each of this.node.querySelectorAll('.pg-scroll')) each.tabIndex = 0;
        this.node.querySelector('[data-penguin-search]')?.focus();
      }
    }
    const tables = new Tables();
    tables.id = 'penguin-tables';
    tables.title.label = japanese ? '表と列' : 'Tables and columns';
    tables.title.caption = japanese ? '表と列の意味(クリックで名前を書く)' : 'Tables and columns (a click writes the name)';
    tables.addClass('penguin-tables');
    tables.node.tabIndex = 0;
    tracker.currentChanged.connect(() => tables.fill());
    app.shell.add(tables, 'right', { rank: 1 });
  }

  /* The cell that the kernel has put below a drill's task is where one writes next. */
  async function followDrills() {
    const { NotebookActions } = await load('@jupyterlab/notebook');
    NotebookActions.executed.connect((_, { notebook, cell }) => {
      const place = notebook.widgets.indexOf(cell) + 1;
      const next = notebook.widgets[place];
      const near = notebook.activeCellIndex >= place - 1 && notebook.activeCellIndex <= place + 1;
      const fresh = next?.model.type === 'code' && next.model.executionCount === null;
      if (!near || !fresh || !DRILL.test(next.model.sharedModel.getSource())) return;
      notebook.activeCellIndex = place;
      notebook.mode = 'edit';
      next.editor?.setCursorPosition({ line: next.editor.lineCount - 1, column: 0 });
    });
  }

  function activate(app, tracker, translator) {
    followDrills();
    document.documentElement.classList.add('penguin-live');
    document.addEventListener('click', event => clicked(app, tracker, event), true);
    document.addEventListener('toggle', event => opened(tracker, event), true);
    document.addEventListener('input', event => event.target.matches?.('[data-penguin-search]') && filter(event.target));
    document.addEventListener('focusin', event => {
      const cell = event.target instanceof Element && event.target.closest('.cm-editor')?.closest('.jp-CodeCell');
      if (cell && !/^%schema/.test(cell.querySelector('.cm-content')?.innerText ?? '')) lastEdited = cell;
    });
    tracker.currentChanged.connect((_, panel) => panel && showItself(panel));
    addTables(app, tracker, translator);
  }

  const container = {
    init(scope) {
      shared = scope;
    },
    async get() {
      const { INotebookTracker } = await load('@jupyterlab/notebook');
      const { ITranslator } = await load('@jupyterlab/translation');
      const plugin = {
        id: 'second-penguin:room',
        description: 'What buttons in outputs do, and the tables at the side.',
        autoStart: true,
        requires: [INotebookTracker],
        optional: [ITranslator],
        activate
      };
      return () => ({ __esModule: true, default: plugin });
    }
  };
  (window._JUPYTERLAB = window._JUPYTERLAB || {})['second-penguin'] = container;
})();
