import type { CommandRegistry } from '@lumino/commands';
import type { JupyterFrontEnd } from '@jupyterlab/application';

/** What a key may do in a room; anything else of JupyterLab's is asleep there. */
const AWAKE = [
  /^completer:/,
  /^tooltip:/,
  /^inline-completer:/,
  /^notebook:(move-cursor-(up|down)|enter-command-mode|enter-edit-mode)$/,
  /^(notebook|editmenu):(undo|redo)$/,
  /^docmanager:save$/,
  /^penguin:/,
  /^codemirror:/,
  /^sidebar:/,
];

export const ASLEEP = 'penguin:nothing';

/** Whether a key binding's command may be used in a room. */
export function isAwake(command: string): boolean {
  return AWAKE.some((each) => each.test(command));
}

/** The selector with which a binding of the room comes before another. */
export function roomSelector(selector: string): string {
  if (selector === 'body' || selector.startsWith('body ') || selector.startsWith('body.')) {
    return selector.replace(/^body/, 'body.penguin-room');
  }
  return `.penguin-room ${selector}`;
}

/** Put to sleep what could add, move, change or delete cells by a key; JupyterLab itself keeps all of it. */
export function putToSleep(app: JupyterFrontEnd): void {
  const { commands } = app;
  commands.addCommand(ASLEEP, { label: '', execute: () => undefined });
  const known = new Set<CommandRegistry.IKeyBinding>();
  const visit = (): void => {
    for (const each of [...commands.keyBindings]) {
      if (known.has(each)) continue;
      known.add(each);
      if (isAwake(each.command)) continue;
      commands.addKeyBinding({
        command: ASLEEP,
        keys: [...each.keys],
        selector: roomSelector(each.selector),
        preventDefault: false,
      });
    }
  };
  visit();
  commands.keyBindingChanged.connect((_, { binding, type }) => {
    if (type === 'added' && binding.command !== ASLEEP) visit();
  });
}
