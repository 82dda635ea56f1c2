import {
  Compartment,
  EditorSelection,
  EditorState,
  type Extension,
  StateField,
  Transaction,
} from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, lineNumbers } from '@codemirror/view';

import { exerciseIn } from './place';

/** How many characters the first line of an answer takes with its line break; 0 where there is none to hide. */
export function hiddenLength(state: EditorState): number {
  const first = state.doc.line(1);
  return state.doc.lines > 1 && exerciseIn(first.text) ? first.to + 1 : 0;
}

/** Takes the line that names the exercise out of sight and out of reach: it can't be lost by accident. */
function hidesFirstLine(): Extension {
  const hidden = StateField.define<DecorationSet>({
    create: decorate,
    update: (now, change) => (change.docChanged ? decorate(change.state) : now),
    provide: (field) => EditorView.decorations.from(field),
  });
  return [
    hidden,
    lineNumbers({ formatNumber: (number, state) => String(hiddenLength(state) ? number - 1 : number) }),
    EditorState.changeFilter.of((change) => {
      const length = hiddenLength(change.startState);
      return length && isTyped(change) ? [0, length] : true;
    }),
    EditorState.transactionFilter.of(keepOut),
  ];
}

function decorate(state: EditorState): DecorationSet {
  const length = hiddenLength(state);
  return length ? Decoration.set(Decoration.replace({ block: true }).range(0, length - 1)) : Decoration.none;
}

/** A person's own change; what the document's model does (reset, undo, another tab) has no user event. */
function isTyped(change: Transaction): boolean {
  return change.annotation(Transaction.userEvent) !== undefined;
}

/** Keep the cursor and any selection below the line. */
function keepOut(change: Transaction): Transaction | readonly [Transaction, { selection: EditorSelection }] {
  const least = hiddenLength(change.state);
  const { selection } = change;
  if (!least || !selection || selection.ranges.every((each) => each.from >= least)) return change;
  const ranges = selection.ranges.map((each) =>
    EditorSelection.range(Math.max(each.anchor, least), Math.max(each.head, least)),
  );
  return [change, { selection: EditorSelection.create(ranges, selection.mainIndex) }];
}

/** The same as something that can be switched off. */
export class FirstLine {
  private readonly compartment = new Compartment();

  /** Take the line out of sight in an editor. */
  constructor(private readonly view: EditorView) {}

  /** The extension to inject once. */
  get extension(): Extension {
    return this.compartment.of(hidesFirstLine());
  }

  /** Show the line again. */
  show(): void {
    this.view.dispatch({ effects: this.compartment.reconfigure([]) });
  }

  /** Hide it once more. */
  hide(): void {
    this.view.dispatch({ effects: this.compartment.reconfigure(hidesFirstLine()) });
  }
}
