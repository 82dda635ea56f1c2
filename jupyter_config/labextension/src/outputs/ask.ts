import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import type { JSONObject } from '@lumino/coreutils';

/** One answer of the kernel: content by media type. */
export type Bundle = JSONObject;

/** The kernel's answer to a % line, without a cell. */
export async function ask(panel: NotebookPanel, code: string): Promise<Bundle[]> {
  await panel.sessionContext.ready;
  return askKernel(panel.sessionContext.session?.kernel, code);
}

/** The same of a kernel; nothing where there is none. */
export async function askKernel(
  kernel: Kernel.IKernelConnection | null | undefined,
  code: string,
): Promise<Bundle[]> {
  if (!kernel) return [];
  const answers: Bundle[] = [];
  const future = kernel.requestExecute({ code, store_history: false, allow_stdin: false });
  future.onIOPub = (message) => {
    const content = message.content as { data?: Bundle };
    if (content.data) answers.push(content.data);
  };
  await future.done;
  return answers;
}

/** What the answers hold of a media type, in one text. */
export function textOf(answers: readonly Bundle[], type = 'text/html'): string {
  return answers
    .map((each) => each[type])
    .filter((each) => typeof each === 'string')
    .join('');
}
