import { type Kernel, ServerConnection } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { askingAt, fieldsOf, keeperOf } from '../src/bi/asking';
import { htmlFile } from '../src/bi/picture';
import { opensPage } from '../src/classpage/page';
import { Told, whyNot } from '../src/fault';
import { causeOf } from '../src/guard/cause';
import { Later } from '../src/guard/later';
import { isCarried, leave } from '../src/guard/parting';
import { oneAtATime } from '../src/guard/queue';
import { Unsaved } from '../src/guard/unsaved';
import { scrollFor } from '../src/lesson/reveal';
import { isTriedAgain } from '../src/lesson/verdict';
import { actionAt } from '../src/outputs/attributes';
import { modelOf, withoutWidget } from '../src/outputs/panels';
import { search } from '../src/outputs/search';
import { begunIn } from '../src/outputs/shown';
import { withLine } from '../src/outputs/source';
import { spreadsheetText } from '../src/outputs/take';
import { widgetPressed } from '../src/outputs/widgets';
import { linkAt } from '../src/room/links';

function draw(html: string): HTMLElement {
  document.body.innerHTML = html;
  return document.body;
}

beforeEach(() => draw(''));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('what was clicked', () => {
  test('is the element that asks for something, or the one around it', () => {
    const body = draw('<button data-penguin-open="%schema"><b>map</b></button>');
    const found = actionAt(body.querySelector('b'));
    expect(found).toMatchObject({ name: 'open', value: '%schema' });
  });

  test('is nothing where no element asks', () => {
    expect(actionAt(draw('<b>map</b>').querySelector('b'))).toBeNull();
    expect(actionAt(null)).toBeNull();
  });
});

test('a link to a lesson is told by the lesson, whatever its notebook is called', () => {
  const body = draw(
    '<a href="x.ipynb" data-penguin-lesson="L5" data-penguin-exercise="L5-03"><b>on</b></a><a href="y">away</a>',
  );
  expect(linkAt(body.querySelector('b'))).toMatchObject({ lesson: 'L5', exercise: 'L5-03' });
  expect(linkAt(body.querySelectorAll('a')[1]!)).toBeNull();
});

describe('a % line under a cell', () => {
  test('is put at the end', () => {
    expect(withLine('SELECT 1\n', '%chart bar x=a')).toBe('SELECT 1\n%chart bar x=a');
  });

  test('takes the place of one of the same name', () => {
    expect(withLine('SELECT 1\n%chart line', '%chart bar')).toBe('SELECT 1\n%chart bar');
  });
});

test('a table goes to a spreadsheet with an empty cell for NULL and without the types', () => {
  const body = draw(
    '<table><tr><th>a<small>INTEGER</small></th><th>b</th></tr>' +
      '<tr><td>1\t2</td><td><span class="pg-null">NULL</span></td></tr></table>',
  );
  expect(spreadsheetText(body.querySelector('table')!)).toBe('a\tb\n1 2\t');
});

test('a search leaves what holds all words, and opens what is left if it is little', () => {
  const body = draw(
    '<div class="pg"><input data-penguin-search value="Ｇuest  id">' +
      '<details data-penguin-words="guests guest_id"></details>' +
      '<details data-penguin-words="casts cast_id"></details></div>',
  );
  search(body.querySelector('input')!);
  const [guests, casts] = body.querySelectorAll('details');
  expect([guests!.hidden, guests!.open, casts!.hidden, casts!.open]).toEqual([false, true, true, false]);
});

describe('the class page', () => {
  const source = 'from classroom.cohort.page import show\n\nshow()\n';

  test('runs its one cell at the top of the folder', () =>
    expect(opensPage('class.ipynb', source)).toBe(true));

  test('is not run from a notebook that was handed in', () => {
    expect(opensPage('submitted/s01/class.ipynb', source)).toBe(false);
    expect(opensPage('class.ipynb', `${source}import os`)).toBe(false);
  });
});

test('what the server says about a file that was not saved is told as one of three causes', () => {
  const told = 'Unexpected error while saving file: 01.ipynb [Errno 28] No space left on device';
  expect(causeOf(told)).toBe('full');
  expect(causeOf('Permission denied: 01.ipynb')).toBe('locked');
  expect(causeOf('Unexpected error while saving file: 01.ipynb [Errno 30] Read-only file system')).toBe(
    'locked',
  );
  expect(causeOf('Internal Server Error')).toBe('other');
});

describe('why something did not happen is told in the words of the page', () => {
  const answer = (status: number, body: string) =>
    new ServerConnection.ResponseError(new Response(body, { status }));

  test('whatever the server says', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    expect(await whyNot(answer(500, '{"message": "[Errno 28] No space left on device"}'))).toBe('fault.full');
    expect(await whyNot(answer(500, '<html>Internal Server Error</html>'))).toBe('fault.ours');
    expect(await whyNot(answer(403, '{"message": "hanako"}'))).toBe('fault.not_yours');
    expect(await whyNot(new ServerConnection.NetworkError(new TypeError('Failed to fetch')))).toBe(
      'fault.away',
    );
    expect(await whyNot(new TypeError('x is undefined'))).toBe('fault.ours');
  });

  test('and stays as it is where the page itself has said it', async () => {
    expect(await whyNot(new Told('まだ保存できていません'))).toBe('まだ保存できていません');
  });
});

test('the menu is asked which drill is open, and what came with the file is not', () => {
  const data = { 'application/vnd.penguin.menu+json': { '%practice': 'P03a-0' } };
  expect(begunIn(data, '%practice')).toBe('P03a-0');
  expect(begunIn(data, '%placement')).toBe('');
  expect(begunIn({ 'text/html': 'menu' }, '%practice')).toBe('');
  expect(begunIn(undefined, '%practice')).toBe('');
});

describe("a panel's button", () => {
  test('turns until the kernel has answered, and a second press comes to nothing', async () => {
    const kernel = { status: 'busy', isDisposed: false, statusChanged: new Signal<object, void>({}) };
    const pressed = draw('<div class="pg-panel"><button>1/4</button></div>').querySelector('button')!;
    const heard = vi.fn();
    pressed.addEventListener('click', heard);
    const listen = (event: MouseEvent): void =>
      widgetPressed(event, () => kernel as unknown as Kernel.IKernelConnection);
    document.addEventListener('click', listen, true);
    pressed.click();
    pressed.click();
    expect([heard.mock.calls.length, pressed.getAttribute('aria-busy')]).toEqual([1, 'true']);
    pressed.disabled = true; // the kernel says that this was the last hint
    kernel.status = 'idle';
    kernel.statusChanged.emit();
    await vi.waitFor(() => expect(pressed.hasAttribute('aria-busy')).toBe(false));
    expect(pressed.disabled).toBe(true);
    document.removeEventListener('click', listen, true);
  });

  test('brings what it has opened into the window', async () => {
    const body = draw(
      '<div class="jp-WindowedPanel-outer"><div class="pg-panel"><button>1/4</button></div></div>',
    );
    const at = (top: number, bottom: number) => () => ({ top, bottom }) as DOMRect;
    const scroller = body.querySelector<HTMLElement>('.jp-WindowedPanel-outer')!;
    const pressed = body.querySelector('button')!;
    scroller.getBoundingClientRect = at(48, 768);
    pressed.getBoundingClientRect = () => at(730 - scroller.scrollTop, 760 - scroller.scrollTop)();
    body.querySelector('.pg-panel')!.getBoundingClientRect = () =>
      at(730 - scroller.scrollTop, 900 - scroller.scrollTop)();
    const kernel = { status: 'idle', isDisposed: false, statusChanged: new Signal<object, void>({}) };
    const listen = (event: MouseEvent): void =>
      widgetPressed(event, () => kernel as unknown as Kernel.IKernelConnection);
    document.addEventListener('click', listen, true);
    pressed.click();
    await vi.waitFor(() => expect(scroller.scrollTop).toBe(142));
    document.removeEventListener('click', listen, true);
  });
});

describe('what is written', () => {
  test('is saved a moment later, and once', () => {
    vi.useFakeTimers();
    const save = vi.fn();
    const later = new Later(save, 1500, 4000);
    later.touch();
    vi.advanceTimersByTime(1000);
    later.touch();
    vi.advanceTimersByTime(1499);
    expect(save).not.toHaveBeenCalled();
    vi.advanceTimersByTime(5000);
    expect(save).toHaveBeenCalledTimes(1);
  });

  test('is saved all the same while it goes on', () => {
    vi.useFakeTimers();
    const save = vi.fn();
    const later = new Later(save, 1500, 4000);
    for (let at = 0; at < 9000; at += 500) {
      later.touch();
      vi.advanceTimersByTime(500);
    }
    expect(save).toHaveBeenCalledTimes(2);
    later.cancel();
    vi.advanceTimersByTime(5000);
    expect(save).toHaveBeenCalledTimes(2);
  });
});

describe('savings of one lesson', () => {
  const paused = (): Promise<void> => new Promise((done) => setTimeout(done, 5));

  test('wait for each other, also for one that fails', async () => {
    const told: string[] = [];
    const context = {
      async save(): Promise<void> {
        told.push('begins');
        await paused();
        told.push('ends');
        if (told.length === 2) throw new Error('disk');
      },
    };
    oneAtATime(context);
    const all = await Promise.allSettled([context.save(), context.save(), context.save()]);
    expect(all.map((each) => each.status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(told.join(' ')).toBe('begins ends begins ends begins ends');
  });

  test('do not wait for good for one that hangs', async () => {
    let asked = 0;
    const context = { save: () => (asked++ ? Promise.resolve() : new Promise<void>(() => undefined)) };
    oneAtATime(context, 5);
    void context.save();
    await context.save();
    expect(asked).toBe(2);
  });
});

describe('what a file does not hold yet', () => {
  const texts = new Map([
    ['a', '1'],
    ['b', '2'],
  ]);
  const held = () => new Map([...texts].map(([id, text]) => [id, { text, outputs: [] }]));

  test('is each cell that has been written in since it was saved or read', () => {
    const unsaved = new Unsaved(held);
    expect(unsaved.cells()).toEqual({});
    texts.set('b', 'written');
    expect(unsaved.cells()).toEqual({ b: 'written' });
    unsaved.begin();
    expect(unsaved.cells()).toEqual({ b: 'written' });
    expect(unsaved.end()).toBe(false);
    expect(unsaved.cells()).toEqual({});
    texts.set('a', 'from the file');
    unsaved.read();
    expect(unsaved.cells()).toEqual({});
  });

  test('is also what was written while it was being saved', () => {
    const unsaved = new Unsaved(held);
    unsaved.begin();
    texts.set('a', 'later');
    unsaved.touch();
    expect(unsaved.end()).toBe(true);
    expect(unsaved.cells()).toEqual({ a: 'later' });
  });

  test('goes to the server although the page is gone, unless it is more than a browser carries', () => {
    const parting = { path: 'x.ipynb', cells: { a: 'SELECT 1' } };
    const send = vi.spyOn(ServerConnection, 'makeRequest').mockResolvedValue(new Response());
    leave([parting], ServerConnection.makeSettings({ baseUrl: 'http://host/hub/user/' }));
    const [url, init] = send.mock.calls[0]!;
    expect([url, init.keepalive, init.body]).toEqual([
      'http://host/hub/user/penguin/written',
      true,
      JSON.stringify(parting),
    ]);
    expect(isCarried([parting])).toBe(true);
    expect(isCarried([{ path: 'x.ipynb', cells: { a: '表'.repeat(20_000) } }])).toBe(false);
  });
});

describe('a card of an exercise that was solved', () => {
  const verdict = (outcome: string) => ({ exercise: 'L1-07', outcome });

  test('says so beside a later answer that is wrong', () => {
    expect(isTriedAgain('passed', verdict('refuted'))).toBe(true);
    expect(isTriedAgain('passed_with_help', verdict('invalid'))).toBe(true);
  });

  test('says only that it is solved beside one that is right, not judged, or not there', () => {
    for (const each of [verdict('accepted'), verdict('refused'), null])
      expect(isTriedAgain('passed', each)).toBe(false);
  });

  test('has not been solved by a wrong answer', () => {
    expect(isTriedAgain('tried', verdict('refuted'))).toBe(false);
  });
});

describe('after a run the page scrolls', () => {
  const page = { top: 48, bottom: 768 };

  test('until the last of what belongs to the verdict is in sight', () => {
    expect(scrollFor(page, { top: 500, bottom: 525 }, { top: 760, bottom: 790 })).toBe(32);
    expect(scrollFor(page, { top: 500, bottom: 525 }, { top: 600, bottom: 630 })).toBe(0);
  });

  test("but never so far that the verdict's first line leaves the window", () => {
    expect(scrollFor(page, { top: 500, bottom: 525 }, { top: 1400, bottom: 1430 })).toBe(442);
    expect(scrollFor(page, { top: 20, bottom: 45 }, { top: 300, bottom: 330 })).toBe(-38);
  });
});

describe('a panel whose kernel is gone', () => {
  const view = { 'application/vnd.jupyter.widget-view+json': { model_id: 'abc' } };
  const shown = (data: object) => ({ output_type: 'display_data', data, metadata: {} }) as never;

  test('is known by its widget, where it can say the same without one', () => {
    expect(modelOf(shown({ ...view, 'text/html': '<p>hint</p>' }))).toBe('abc');
    expect(modelOf(shown({ ...view, 'text/plain': 'VBox()' }))).toBe('');
    expect(modelOf(shown({ 'text/html': '<p>rows</p>' }))).toBe('');
  });

  test('keeps what it says without one', () => {
    expect(withoutWidget(shown({ ...view, 'text/html': '<p>hint</p>' }))).toEqual(
      shown({ 'text/html': '<p>hint</p>' }),
    );
  });
});

describe('a page of the BI room', () => {
  test('sends the fields of the form around a button, and what the button says itself', () => {
    const body = draw(
      '<form><input name="name" value="朝"><select name="kind"><option value="bar">b</option></select>' +
        '<button data-bi-do="visual/save" data-bi-fields=\'{"visual": "3"}\'><b>save</b></button></form>',
    );
    const found = askingAt(body.querySelector('b'));
    expect(found).toMatchObject({ kind: 'do', value: 'visual/save' });
    expect(fieldsOf(found!.element)).toEqual({ name: '朝', kind: 'bar', visual: '3' });
  });

  test('knows the button that keeps what is written in a form', () => {
    const body = draw(
      '<form><textarea></textarea><button data-bi-do="query/run"></button><button data-bi-do="query/save"></button></form><form><input></form>',
    );
    expect(keeperOf(body.querySelector('textarea'))?.dataset['biDo']).toBe('query/save');
    expect(keeperOf(body.querySelector('input'))).toBeNull();
  });

  test('asks for nothing beside its buttons', () => {
    expect(askingAt(draw('<p>text</p>').querySelector('p'))).toBeNull();
  });
});

test('a sheet as a file needs nothing beside it, and nothing in it can be pressed', () => {
  const sheet = draw(
    '<section data-bi-sheet="a/b"><h2>朝会</h2><button data-bi-go="query/1">q</button><div data-bi-chart="{}"><svg></svg></div></section>',
  ).querySelector('section')!;
  const file = htmlFile(sheet, 'a/b <朝>');
  const html = new TextDecoder().decode(Uint8Array.from(atob(file.base64), (each) => each.charCodeAt(0)));
  expect(file.name).toBe('a_b_朝_.html');
  expect(html).toContain('<title>a/b &lt;朝&gt;</title>');
  expect(html).toContain('<section><h2>朝会</h2>q<div><svg></svg></div></section>');
});
