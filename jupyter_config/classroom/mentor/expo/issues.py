"""For mentors alone: the issues that the practice data hold, with the query that finds each, and the trails that lead nowhere."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.mentor.place.wording import told
from classroom.messages import say_in
from coursebook.expo_issues import load_issues
from marketplace.checks import described

if TYPE_CHECKING:
    from pathlib import Path

    from coursebook.expo import ExpoTexts
    from coursebook.expo_issues import IssueRecord
    from marketplace.checks import Described


def issues_html(root: Path, texts: ExpoTexts, lang: str) -> str:
    """All of them, folded up."""
    notes = {each.check: each for each in load_issues(root)[0]}
    folds = "".join(_fold(each, notes.get(each.name), texts, lang) for each in described())
    title, how = told("expo.issues", lang), told("expo.issues_how", lang)
    return f"<details><summary><b>{escape(title)}</b></summary><p>{escape(how)}</p>{folds}</details>"


def _fold(each: Described, note: IssueRecord | None, texts: ExpoTexts, lang: str) -> str:
    lines = [each.planted[lang]]
    if note is not None:
        kinds = [kind.title[lang] for kind in texts.kinds if kind.id in note.kinds]
        node = say_in("classroom.session", f"kpi_node_{note.node}", lang)
        lines += [note.note[lang], told("expo.issue_fits", lang, node=node, kinds=" / ".join(kinds))]
    said = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"<details><summary>{escape(each.title[lang])}</summary>{said}<pre>{escape(each.sql)}</pre></details>"
