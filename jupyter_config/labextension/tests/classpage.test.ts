import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { DeskServer, Question } from '../src/classpage/server';
import { ClassView } from '../src/classpage/view';

vi.hoisted(() => {
  // jsdom has none, and Lumino's drag and drop is built on it
  vi.stubGlobal('DragEvent', class extends MouseEvent {});
  vi.stubGlobal('CSS', { escape: (text: string) => text });
});

const question = (key: string): Question => ({
  ...{ student: 'doi', name: '土井', key, exercise: 'L1-05', at: '2026-11-02T01:00:00+00:00' },
  ...{ wanted: '', tables: '', query: '', got: '', expected: '', reply: '' },
});

/** A desk with two questions, of which a reply answers one. */
class TwoQuestions {
  open = [question('a'), question('b')];
  waits: Promise<void> = Promise.resolve();
  fetched = 0;

  fetch(): Promise<void> {
    this.fetched++;
    return Promise.resolve();
  }

  async questions(): Promise<Question[]> {
    const found = [...this.open];
    await this.waits;
    return found;
  }

  working(): Promise<object> {
    return Promise.resolve({});
  }

  step(_: string, { key }: { key: string }): Promise<object> {
    this.open = this.open.filter((each) => each.key !== key);
    return Promise.resolve({ said: '', done: true });
  }
}

const field = (key: string): HTMLTextAreaElement | null =>
  document.querySelector(`[data-key="reply-doi-${key}"]`);
const wanted = (key: string): HTMLTextAreaElement => {
  const found = field(key);
  if (!found) throw new Error(`no field for ${key}`);
  return found;
};

describe('what a mentor has written and not sent', () => {
  let desk: TwoQuestions;
  let view: ClassView;

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    desk = new TwoQuestions();
    view = new ClassView(desk as unknown as DeskServer, () => undefined);
    document.body.replaceChildren(view.node);
    view.go({ place: 'questions' });
    await vi.waitFor(() => wanted('b'));
  });

  afterEach(() => {
    view.dispose();
    vi.useRealTimers();
  });

  it('stays when another is sent', async () => {
    wanted('a').value = 'DESC です';
    wanted('b').value = '書きかけ';
    wanted('a').closest('.penguin-desk-form')?.querySelector('button')?.click();
    await vi.waitFor(() => expect(field('a')).toBeNull());
    expect(wanted('b').value).toBe('書きかけ');
  });

  it('is empty again once it is sent, where its field stays', async () => {
    desk.step = () => Promise.resolve({ said: '', done: true });
    const sent = wanted('a');
    sent.value = 'DESC です';
    sent.closest('.penguin-desk-form')?.querySelector('button')?.click();
    await vi.waitFor(() => expect(wanted('a')).not.toBe(sent));
    expect(wanted('a').value).toBe('');
  });

  it('stays when it is begun while the page asks for what is new', async () => {
    view.begin();
    await vi.waitFor(() => expect(desk.fetched).toBe(1));
    await vi.waitFor(() => wanted('b'));
    let answer: () => void = () => undefined;
    desk.waits = new Promise((resolve) => (answer = resolve));
    vi.advanceTimersByTime(60_000);
    await vi.waitFor(() => expect(desk.fetched).toBe(2));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const begun = wanted('b');
    begun.value = '書きかけ';
    answer();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(wanted('b')).toBe(begun);
  });
});
