"""What axe-core finds against WCAG 2.1, levels A and AA; axe-playwright-python brings it."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = files("axe_playwright_python") / "axe.min.js"
RUN = """async place => {
  const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
  const found = await axe.run(place, {runOnly: rules, resultTypes: ['violations']});
  return found.violations.flatMap(rule => rule.nodes.map(each =>
    `${rule.id} (${rule.impact}): ${each.target.join(' ')} ${each.any.concat(each.all, each.none).map(x => x.message)[0] || ''}`));
}"""

PALE = """least => {
  const parts = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(each => each / 255)
    .map(each => each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
    .reduce((sum, each, at) => sum + each * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = element => {
    const colour = parts(getComputedStyle(element).backgroundColor);
    return (colour[3] ?? 1) === 1 ? colour : ground(element.parentElement);
  };
  const told = [...document.querySelectorAll('.jp-CodeCell .cm-line, .jp-CodeCell .cm-line span')].flatMap(each => {
    const [paler, deeper] = [light(parts(getComputedStyle(each).color)), light(ground(each))].sort((a, b) => b - a);
    const ratio = (paler + 0.05) / (deeper + 0.05);
    return each.textContent.trim() && ratio < least ? [`${ratio.toFixed(2)}: ${each.textContent.slice(0, 20)}`] : [];
  });
  return [...new Set(told)];
}"""
LEAST = 4.5
"""The contrast that level AA asks of text."""


def pale(page: Page) -> list[str]:
    """What is written in a cell with too little contrast; axe-core looks into no editor."""
    return [str(each) for each in page.evaluate(PALE, LEAST)]


def violations(page: Page, place: str = "body") -> list[str]:
    """Each violation inside a place of the page: rule, element, reason."""
    page.wait_for_timeout(600)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return [str(each) for each in page.evaluate(RUN, place)]
