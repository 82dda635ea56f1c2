/** What this browser keeps under a name; null where it keeps nothing. */
export function kept(name: string): string | null {
  try {
    return window.localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Have this browser keep a text under a name; one that keeps nothing is asked again next time. */
export function keep(name: string, text: string): void {
  try {
    window.localStorage.setItem(name, text);
  } catch (fault) {
    console.warn('This browser keeps nothing', fault);
  }
}
