"""What is left of the other language on a page: its visible text, titles and labels, without code and data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

READ = """() => {
  const code = 'code, pre, kbd, mark, script, style, .cm-editor, .pg-table, .pg-columns .pg-soft, svg:not([aria-label])';
  const told = [];
  const seen = element => element.checkVisibility({visibilityProperty: true, opacityProperty: true})
    && parseFloat(getComputedStyle(element).fontSize) > 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    const own = parent.closest('[lang]');
    if (own && own !== document.documentElement || parent.closest(code) || !seen(parent)) continue;
    if (node.textContent.trim()) told.push(node.textContent.trim());
  }
  for (const element of document.querySelectorAll('[title], [aria-label], [placeholder], [alt]')) {
    if (element.closest('.cm-editor, .pg-table') || !seen(element)) continue;
    for (const name of ['title', 'aria-label', 'placeholder', 'alt']) {
      const value = element.getAttribute(name);
      if (value && value.trim()) told.push(`[${name}] ${value.trim()}`);
    }
  }
  return [...told, document.title, ...[document.documentElement.lang].map(each => `<html lang=${each}>`)];
}"""
JAPANESE = re.compile(r"[぀-ヿ一-鿿]")
LATIN = re.compile(r"[A-Za-z][A-Za-z_]+")
SQL = re.compile(r"\b\w*_\w*\b|\btrue\b|\bfalse\b")
"""A column's name, whether the practice data has it or the exercise or the learner made it up; a truth value."""
NAMES = frozenset(
    "Second Penguin JupyterLab Excel BigQuery Google DuckDB penguin start Shift Enter Esc Tab Ctrl Redash Expo".split()
)
"""Proper names, and what is on a key or is typed: the same in both languages."""


def foreign(page: Page, lang: str, known: frozenset[str] = frozenset()) -> list[str]:
    """The texts of a page that hold a word of the other language; `known` are names that the data or the course gave."""
    texts = [str(each) for each in page.evaluate(READ)]
    if lang == "en":
        return sorted({each for each in texts if JAPANESE.search(each)})
    return sorted({each for each in texts if not each.startswith("<html") and _latin(each, known)})


def _latin(text: str, known: frozenset[str]) -> list[str]:
    """Latin words that are neither names nor, in capitals, SQL's own."""
    text = SQL.sub("", re.sub(r"^\[[a-z-]+\] ", "", text))
    return [word for word in LATIN.findall(text) if word not in NAMES | known and word.upper() != word]
