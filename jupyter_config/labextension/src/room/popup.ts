/** So far from the window's edges at least. */
const EDGE = 8;

/** A small sheet under an element of the bar; Escape and a click elsewhere close it. */
export class Popup {
  private readonly shut = (event: Event): void => {
    if (event instanceof KeyboardEvent && event.key !== 'Escape') return;
    if (event.type === 'pointerdown' && event.target instanceof Node) {
      if (this.node.contains(event.target) || this.anchor.contains(event.target)) return;
    }
    event.stopPropagation();
    this.close();
  };

  /** Under its element, and inside the window wherever that stands and however narrow it is. */
  private readonly place = (): void => {
    const box = this.anchor.getBoundingClientRect();
    const most = window.innerWidth - EDGE - this.node.offsetWidth;
    this.node.style.top = `${box.bottom + 4}px`;
    this.node.style.maxHeight = `calc(100vh - ${box.bottom + 4 + EDGE}px)`;
    this.node.style.left = `${Math.max(EDGE, Math.min(box.right - this.node.offsetWidth, most))}px`;
  };

  private static open: Popup | null = null;

  private constructor(
    private readonly anchor: HTMLElement,
    private readonly node: HTMLElement,
  ) {
    node.classList.add('penguin-popup');
    document.body.append(node);
    this.place();
    window.addEventListener('resize', this.place);
    anchor.setAttribute('aria-expanded', 'true');
    document.addEventListener('keydown', this.shut, true);
    document.addEventListener('pointerdown', this.shut, true);
    node.querySelector<HTMLElement>('button, input, [tabindex]')?.focus();
  }

  /** Open a sheet under an element, or close the one that is open there. */
  static toggle(anchor: HTMLElement, fill: () => HTMLElement): void {
    const before = Popup.open;
    before?.close();
    if (before?.anchor !== anchor) Popup.open = new Popup(anchor, fill());
  }

  /** Close the sheet that is open, if one is. */
  static close(): void {
    Popup.open?.close();
  }

  private close(): void {
    window.removeEventListener('resize', this.place);
    document.removeEventListener('keydown', this.shut, true);
    document.removeEventListener('pointerdown', this.shut, true);
    this.anchor.removeAttribute('aria-expanded');
    if (this.node.contains(document.activeElement)) this.anchor.focus();
    this.node.remove();
    if (Popup.open === this) Popup.open = null;
  }
}
