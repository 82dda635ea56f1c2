"""The tab of what learners are about to forget."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Any

from classroom.mentor.classpage.forgetting import SOON, fading_skills
from classroom.mentor.place.gradebook import full_names
from classroom.mentor.place.wording import html_box, told
from classroom.mentor.returning.send import read_haste
from classroom.session.table_view import texts_html
from coursebook.practice import library_of
from coursebook.practice.spacing import business_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classroom.mentor.classpage.forgetting import Fading
    from classroom.mentor.classpage.progress_files import LearnersFile
    from classroom.mentor.place.folder import MentorFolder


def forgetting_tab(folder: MentorFolder, files: Mapping[str, LearnersFile]) -> Any:
    """A row a skill, the one that most are about to forget first, with who they are."""
    lang, today = folder.lang, business_day(datetime.now(UTC))
    found = fading_skills(folder.course, files, today, read_haste(folder))
    if not found:
        return html_box(f"<p>{escape(told('forgetting.none', lang, days=SOON))}</p>")
    skills = {each.id: each for each in library_of(folder.course.root).skills}
    names = full_names(folder)

    def learner(each: Fading) -> str:
        """A name, and since when or from when on."""
        return each.in_words(names.get(each.student, each.student), today, lang)

    head = [told(f"forgetting.{name}", lang) for name in ("skill", "lesson", "count", "learners")]
    rows = [
        (
            skills[each.skill].name[lang],
            skills[each.skill].lesson,
            told("forgetting.of", lang, count=len(each.learners), known=each.known),
            "\n".join(map(learner, each.learners)),
        )
        for each in found
        if each.skill in skills
    ]
    intro = told("forgetting.intro", lang, days=SOON)
    return html_box(f"<p>{escape(intro)}</p>{texts_html(head, rows)}")
