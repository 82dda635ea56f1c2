"""What axe-core finds against WCAG 2.1, levels A and AA; it comes with the page's own npm packages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "jupyter_config" / "labextension" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async place => {
  const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
  const found = await axe.run(place, {runOnly: rules, resultTypes: ['violations']});
  return found.violations.flatMap(rule => rule.nodes.map(each =>
    `${rule.id} (${rule.impact}): ${each.target.join(' ')} ${each.any.concat(each.all, each.none).map(x => x.message)[0] || ''}`));
}"""


def violations(page: Page, place: str = "body") -> list[str]:
    """Each violation inside a place of the page: rule, element, reason."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: npm ci in jupyter_config/labextension")
    page.wait_for_timeout(600)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return [str(each) for each in page.evaluate(RUN, place)]
