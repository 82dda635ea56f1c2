type Attributes = Record<string, string | boolean | ((event: Event) => void)>;

/** An element with its attributes and children; a function is a listener, `true` an attribute without a value. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string | null)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== false) made.setAttribute(name, value);
  }
  made.append(...children.filter((each) => each !== null));
  return made;
}

/** A button; while what it began is under way it is disabled and turns. */
export function button(label: string, press: () => unknown, attributes: Attributes = {}): HTMLButtonElement {
  const made = el('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', () => void working(made, press));
  return made;
}

/** Do something that an element began: until it is done the element is disabled and turns. */
export async function working(element: HTMLElement, act: () => unknown): Promise<void> {
  if (element.getAttribute('aria-busy') === 'true') return;
  element.setAttribute('aria-busy', 'true');
  if (element instanceof HTMLButtonElement) element.disabled = true;
  try {
    await act();
  } finally {
    element.removeAttribute('aria-busy');
    if (element instanceof HTMLButtonElement) element.disabled = false;
  }
}

/** The windows that are too narrow for two things side by side, as the styles say it. */
export function narrowWindows(): MediaQueryList {
  return window.matchMedia('(width <= 760px)');
}
