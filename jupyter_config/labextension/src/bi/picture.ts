import { type KernelFile, save } from '../outputs/take';

const OURS = /\.(pg|penguin-bi|vega-embed)/;
const SHARPNESS = 2;
/** Around the sheet, as `.penguin-bi-picture` has it. */
const MARGIN = 24;
const UNSAFE = /[\\/:*?"<>|\s]+/g;

/** A part of the page as an HTML file that needs nothing beside it: styles and drawings are inside. */
export function htmlFile(part: HTMLElement, name: string): KernelFile {
  const title = new Option(name).innerHTML;
  const lang = document.documentElement.lang || 'en';
  const html = `<!doctype html>\n<html lang="${lang}"><head><meta charset="utf-8"><title>${title}</title><style>${stylesOf(part)}</style></head><body><div class="penguin-bi-picture">${still(part).outerHTML}</div></body></html>\n`;
  return { name: fileName(name, 'html'), type: 'text/html', base64: encode(html) };
}

/** A part of the page as a picture, twice as sharp as on the screen. */
export async function pngFile(part: HTMLElement, name: string): Promise<KernelFile> {
  const width = part.offsetWidth + 2 * MARGIN;
  const height = part.offsetHeight + 2 * MARGIN;
  const xhtml = new XMLSerializer().serializeToString(still(part));
  const style = `<style>${stylesOf(part).replace(/[<&]/g, '')}</style>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><foreignObject width="100%" height="100%"><div xmlns="http://www.w3.org/1999/xhtml" class="penguin-bi-picture">${style}${xhtml}</div></foreignObject></svg>`;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width * SHARPNESS, height * SHARPNESS];
  const brush = canvas.getContext('2d');
  brush?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const base64 = canvas.toDataURL('image/png').split(',')[1] ?? '';
  return { name: fileName(name, 'png'), type: 'image/png', base64 };
}

/** A copy that is looked at only: no buttons, nothing that asks a server. */
function still(part: HTMLElement): HTMLElement {
  const copy = part.cloneNode(true) as HTMLElement;
  for (const each of copy.querySelectorAll('button')) each.replaceWith(...each.childNodes);
  for (const each of copy.querySelectorAll('details, summary, script')) each.remove();
  for (const each of [copy, ...copy.querySelectorAll<HTMLElement>('*')]) {
    for (const name of each.getAttributeNames()) if (name.startsWith('data-')) each.removeAttribute(name);
  }
  return copy;
}

/** The rules that the part is drawn by, with the theme's colours as they are now. */
function stylesOf(part: HTMLElement): string {
  const rules: string[] = [];
  for (const sheet of document.styleSheets) {
    for (const rule of rulesOf(sheet)) if (OURS.test(rule.cssText)) rules.push(rule.cssText);
  }
  const used = new Set(rules.join().match(/--[\w-]+/g));
  const now = getComputedStyle(part);
  const values = [...used].map((name) => `${name}: ${now.getPropertyValue(name)};`).join('');
  const page = `:root { ${values} } body { margin: 0; background: var(--penguin-paper); color: var(--jp-ui-font-color1); }`;
  return `${page}\n${rules.join('\n')}`;
}

function rulesOf(sheet: CSSStyleSheet): CSSRule[] {
  try {
    return [...sheet.cssRules];
  } catch {
    return []; // from elsewhere, and none of ours
  }
}

function fileName(name: string, kind: string): string {
  return `${name.replace(UNSAFE, '_') || 'dashboard'}.${kind}`;
}

function encode(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (each) => String.fromCharCode(each)).join(''));
}

/** The sheet of the page that an element stands on. */
export function sheetOf(element: HTMLElement): HTMLElement | null {
  return element.closest('.penguin-bi-page')?.querySelector<HTMLElement>('[data-bi-sheet]') ?? null;
}

/** Save the sheet as it is seen now, as a file. */
export async function takeSheet(element: HTMLElement, kind: string, unnamed: string): Promise<void> {
  const sheet = sheetOf(element);
  if (!sheet) return;
  const name = sheet.dataset['biSheet'] ?? unnamed;
  save(kind === 'html' ? htmlFile(sheet, name) : await pngFile(sheet, name));
}
