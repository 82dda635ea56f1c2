const MARGIN = 10;
const SETTLED_MS = 1500;

/** How far to scroll so that a head is in the window, and as much as possible of what belongs to it, to its last part. */
export function scrollFor(window: { top: number; bottom: number }, head: Span, last: Span): number {
  const top = window.top + MARGIN;
  const bottom = window.bottom - MARGIN;
  if (head.top < top) return head.top - top;
  const wanted = Math.max(0, last.bottom - bottom);
  return Math.min(wanted, head.top - top);
}

/** The vertical extent of something. */
export interface Span {
  top: number;
  bottom: number;
}

/**
 * Bring a verdict's first line into the window, and keep it there while what stands around it still grows; whoever
 * scrolls meanwhile is left alone.
 */
export function reveal(scroller: HTMLElement, find: () => { head: Element; last: Element } | null): void {
  const until = performance.now() + SETTLED_MS;
  let left = false;
  const leave = (): void => {
    left = true;
  };
  for (const name of ['wheel', 'touchmove', 'pointerdown', 'keydown']) {
    scroller.addEventListener(name, leave, { once: true, passive: true });
  }
  const step = (): void => {
    const found = find();
    if (found && !left) {
      const head = found.head.getBoundingClientRect();
      const last = found.last.getBoundingClientRect();
      scroller.scrollTop += scrollFor(scroller.getBoundingClientRect(), head, last);
    }
    if (!left && performance.now() < until) requestAnimationFrame(step);
  };
  step();
}
