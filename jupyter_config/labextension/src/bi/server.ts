import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

import type { KernelFile } from '../outputs/take';

/** A page of a room as the server draws it, and perhaps a file to be taken along. */
export interface BiPage {
  at: string;
  /** Left out where nothing was done: the page stays, with all that is written on it. */
  html?: string;
  /** Why nothing was done, as HTML. */
  said?: string;
  /** Whether that is an answer beside a page that stays, and not a refusal. */
  aside?: boolean;
  file?: KernelFile;
}

/** What may be written instead of a word that begins at `start`. */
export interface Offers {
  start: number;
  offers: { text: string; kind: string }[];
  /** Whether a query runs just now: nothing can be offered until it is over. */
  busy: boolean;
}

/** The address /penguin/bi, or that of another room of such pages. */
export class BiServer {
  constructor(
    private readonly settings: ServerConnection.ISettings,
    private readonly name = 'bi',
  ) {}

  /** The page of a place. */
  page(at: string): Promise<BiPage> {
    return this.ask(`?${new URLSearchParams({ at })}`, { method: 'GET' });
  }

  /** Do something, and get the page that follows. */
  act(action: string, at: string, fields: Record<string, string>): Promise<BiPage> {
    return this.ask('', { method: 'POST', body: JSON.stringify({ do: action, at, fields }) });
  }

  /** The same as the page goes away: the request outlives it, and nobody waits for its answer. */
  leave(action: string, at: string, fields: Record<string, string>): void {
    const body = JSON.stringify({ do: action, at, fields });
    this.ask('', { method: 'POST', body, keepalive: true }).catch((fault: unknown) =>
      console.warn('Not left with the server', fault),
    );
  }

  /** What the editor offers for the word before the cursor, counted in characters. The BI room's process answers for all rooms. */
  offers(code: string, cursor: number): Promise<Offers> {
    return this.ask('/offers', { method: 'POST', body: JSON.stringify({ code, cursor }) }, 'bi');
  }

  /** The tables beside the editor, or what of them is asked for, as HTML. */
  tables(asked: string): Promise<{ html: string; busy: boolean }> {
    return this.ask(`/tables?${new URLSearchParams({ asked })}`, { method: 'GET' }, 'bi');
  }

  private async ask<T>(query: string, how: RequestInit, room = this.name): Promise<T> {
    const url = URLExt.join(this.settings.baseUrl, 'penguin', room) + query;
    const response = await ServerConnection.makeRequest(url, how, this.settings);
    if (!response.ok) throw new ServerConnection.ResponseError(response);
    return (await response.json()) as T;
  }
}
