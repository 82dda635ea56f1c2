"""What of a page is out of reach in the window that it is in: broader than it, outside it where nothing scrolls, cut off, or squeezed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

OUT_OF_REACH = """() => {
  const seen = element => element.checkVisibility({checkOpacity: true, checkVisibilityCSS: true});
  const scrolls = element => /auto|scroll/.test(getComputedStyle(element).overflowX);
  const name = element => `${element.tagName.toLowerCase()}.${[...element.classList].join('.')} “${(element.innerText || element.value || '').slice(0, 30).replaceAll('\\n', ' ')}”`;
  const found = [];
  const whole = '.penguin-home, .penguin-bi, .jp-Notebook .jp-WindowedPanel-outer, .penguin-popup, .penguin-drawer, .penguin-class';
  for (const page of [document.scrollingElement, ...document.querySelectorAll(whole)]) {
    if (seen(page) && page.scrollWidth > page.clientWidth + 1) found.push(`broader than its window: ${name(page)} ${page.scrollWidth} > ${page.clientWidth}`);
  }
  for (const sheet of document.querySelectorAll('.penguin-popup')) {
    const place = sheet.getBoundingClientRect();
    if (place.left < 0 || place.right > innerWidth || place.bottom > innerHeight) found.push(`outside: ${name(sheet)}`);
  }
  for (const each of document.querySelectorAll('button, a[href], input, select, textarea, summary')) {
    const place = each.getBoundingClientRect();
    if (!seen(each) || !place.width || !place.height || each.closest('.penguin-off, [aria-hidden=true], .jp-SkipLink, .cm-panel')) continue;
    let around = each.parentElement;
    while (around && !scrolls(around)) around = around.parentElement;
    if (!around && (place.left < -1 || place.right > innerWidth + 1)) found.push(`outside: ${name(each)} ${Math.round(place.left)}–${Math.round(place.right)}`);
    if (each.tagName === 'BUTTON' && each.scrollWidth > each.clientWidth + 2 && getComputedStyle(each).overflow !== 'visible') found.push(`cut off: ${name(each)}`);
  }
  for (const each of document.querySelectorAll('td, th, p, li, dd')) {
    const size = parseFloat(getComputedStyle(each).fontSize), said = each.innerText || '';
    if (seen(each) && each.clientWidth && each.clientWidth < 5 * size && said.length >= 16 && each.clientHeight > 6 * size) found.push(`squeezed: ${name(each)} ${each.clientWidth} px`);
  }
  return found;
}"""


def out_of_reach(page: Page) -> list[str]:
    """Each page, sheet, field or button that can't be seen or pressed whole, with where it stands."""
    return [str(each) for each in page.evaluate(OUT_OF_REACH)]
