import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

const MOST_BYTES = 60_000; // a browser carries 64 KiB for a page that is gone, all its requests together

/** What a page that is being closed leaves to the server: the cells of a document that its file does not hold yet. */
export interface Parting {
  path: string;
  cells: Record<string, string>;
}

/** Whether the browser will carry this once the page is gone. */
export function isCarried(partings: readonly Parting[]): boolean {
  return new TextEncoder().encode(JSON.stringify(partings)).length < MOST_BYTES;
}

/** Send it; the request outlives the page. */
export function leave(partings: readonly Parting[], settings: ServerConnection.ISettings): void {
  const url = URLExt.join(settings.baseUrl, 'penguin', 'written');
  for (const each of partings) {
    const init = { method: 'POST', body: JSON.stringify(each), keepalive: true };
    ServerConnection.makeRequest(url, init, settings).catch((fault: unknown) =>
      console.warn('Not left with the server', fault),
    );
  }
}
