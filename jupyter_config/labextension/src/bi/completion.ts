import type {
  CompletionHandler,
  ICompletionContext,
  ICompletionProvider,
  ICompletionProviderManager,
} from '@jupyterlab/completer';
import type { CommandRegistry } from '@lumino/commands';

import { BI } from '../room/place';
import { charactersOf, unitsOf } from './editor';
import { BiRoom } from './page';

const NOTHING = { start: 0, end: 0, items: [] };

/** What Tab offers in a room of pages that has no kernel: the server says it, as a lesson's kernel would. */
export const offers: ICompletionProvider = {
  identifier: 'second-penguin:offers',
  rank: 400,
  isApplicable: async ({ widget }) => Promise.resolve(widget instanceof BiRoom),
  fetch: async ({ text, offset }: CompletionHandler.IRequest, { widget }: ICompletionContext) => {
    if (!(widget instanceof BiRoom)) return NOTHING;
    const { start, offers, busy } = await widget.offers(text, charactersOf(text, offset));
    if (busy) widget.tellBusy();
    const items = offers.map(({ text: label, kind }) => ({ label, type: kind }));
    return { start: unitsOf(text, start), end: offset, items };
  },
};

/** The keys of a lesson's cell: Tab offers, Enter takes what is marked. */
export function completeByKeys(commands: CommandRegistry, completions: ICompletionProviderManager): void {
  const keys = [
    {
      name: 'offer',
      keys: ['Tab'],
      on: '.jp-mod-completer-enabled',
      act: () => completions.invoke(inFront()),
    },
    {
      name: 'take',
      keys: ['Enter'],
      on: '.jp-mod-completer-active',
      act: () => completions.select(inFront()),
    },
  ];
  for (const { name, keys: pressed, on, act } of keys) {
    const command = `penguin:bi-${name}`;
    commands.addCommand(command, { label: '', execute: act });
    commands.addKeyBinding({ command, keys: pressed, selector: `.penguin-bi-sql${on}` });
  }
}

/** The room that is written in: each has a completer of its own. */
function inFront(): string {
  return document.activeElement?.closest('.penguin-bi')?.id ?? BI;
}
