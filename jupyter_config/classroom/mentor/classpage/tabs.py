"""The smaller tabs of the class page."""

from __future__ import annotations

from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from classroom.exchange.transport import Unreachable
from classroom.mentor.classpage.attention import length_in_words
from classroom.mentor.classpage.export import export_class
from classroom.mentor.classpage.items import item_analysis
from classroom.mentor.classpage.next_drills import drill_in_words
from classroom.mentor.classpage.progress_files import read_files
from classroom.mentor.classpage.questions import answer_question, read_questions
from classroom.mentor.classpage.shared_slips import SharedSlips, shared_slips
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.wording import html_box, outcome_html, told
from classroom.session.table_view import texts_html

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classroom.mentor.classpage.progress_files import LearnersFile
    from classroom.mentor.classpage.questions import BoxQuestion
    from classroom.mentor.place.folder import MentorFolder


def _said(text: str) -> Any:
    return html_box(f"<p>{escape(text)}</p>")


def items_tab(folder: MentorFolder, assignment: str, files: Mapping[str, LearnersFile]) -> Any:
    """A row an exercise; questions that look faulty say why."""
    lang, items = folder.lang, item_analysis(folder, assignment, files, read_files(folder))
    if not items:
        return _said(told("not_graded", lang, assignment=assignment))
    head = [told("exercise", lang)] + [
        told(f"item.{name}", lang)
        for name in ("answers", "right", "points", "tries", "helped", "discrimination", "mistakes", "next", "flag")
    ]
    rows = [
        (
            each.exercise,
            str(each.answers),
            f"{each.right / each.answers:.0%}" if each.points is not None else "–",
            "–" if each.points is None else f"{each.points:.0%}",
            "–" if each.tries is None else f"{each.tries:.1f}",
            "–" if each.helped is None else f"{each.helped:.0%}",
            "–" if each.discrimination is None else f"{each.discrimination:+.2f}",
            "\n".join(f"{name} ({count})" for name, count in each.mistakes),
            "\n".join(drill_in_words(one, folder.course, lang) for one in each.next_drills),
            told(f"flag.{each.flag}", lang) if each.flag else "",
        )
        for each in items
    ]
    return html_box(texts_html(head, rows))


def questions_tab(folder: MentorFolder, assignment: str, files: Mapping[str, LearnersFile]) -> Any:
    """The question box: open questions first, each with a form for the answer."""
    widgets: Any = import_module("ipywidgets")
    questions = read_questions(folder, assignment, files)
    if not questions:
        return _said(told("question.none", folder.lang))
    return widgets.VBox([_question(folder, each) for each in questions])


def _question(folder: MentorFolder, question: BoxQuestion) -> Any:
    widgets: Any = import_module("ipywidgets")
    lang, asked = folder.lang, question.asked
    state = told("question.answered" if question.reply else "question.open", lang)
    lines = [f"<h4>{escape(f'{asked.exercise} · {question.student} · {state}')}</h4>"]
    lines += [
        f"<p><b>{escape(told(f'question.{name}', lang))}</b> {escape(getattr(asked, name))}</p>"
        for name in ("wanted", "tables", "got", "expected")
        if getattr(asked, name)
    ]
    if asked.query:
        lines.append(f"<pre>{escape(asked.query)}</pre>")
    reply = widgets.Textarea(
        value=question.reply.reply if question.reply else "",
        placeholder=told("question.reply", lang),
        rows=3,
        layout=widgets.Layout(width="36em"),
    )
    in_faq = widgets.Checkbox(
        value=bool(question.reply and question.reply.in_faq), description=told("question.in_faq", lang), indent=False
    )
    button = widgets.Button(description=told("question.send", lang), button_style="primary")
    answer = widgets.HTML()

    def send() -> str:
        text = reply.value.strip()
        if not text:
            return told("question.empty", lang)
        try:
            answer_question(folder, question, text, folder.mentor_for_learners, in_faq=in_faq.value)
        except Unreachable as fault:
            return told("week.closed", lang, place=fault.filename)
        code = "question.sent" if folder.has_stock_exchange else "question.on_its_way"
        return told(code, lang, exercise=asked.exercise)

    def pressed(_: Any) -> None:
        answer.value = outcome_html(folder, send)

    button.on_click(pressed)
    return widgets.VBox([html_box("".join(lines)), reply, widgets.HBox([in_faq, button]), answer])


def slips_tab(folder: MentorFolder, assignment: str) -> Any:
    """Learners who share rare wrong answers, as a reason to ask."""
    lang, pairs = folder.lang, shared_slips(folder, assignment)
    if not pairs:
        return _said(told("slips.none", lang))
    items = "".join(f"<li>{escape(_shared(each, lang))}</li>" for each in pairs)
    return html_box(f"<p>{escape(told('slips.note', lang))}</p><ul>{items}</ul>")


def _shared(pair: SharedSlips, lang: str) -> str:
    facts = {"one": pair.one, "other": pair.other, "count": len(pair.exercises), "exercises": ", ".join(pair.exercises)}
    line = told("slips.line", lang, **facts)
    if pair.apart is None:
        return line
    return f"{line} {told('slips.apart', lang, length=length_in_words(pair.apart.total_seconds(), lang))}"


def bank_tab(folder: MentorFolder) -> Any:
    """The comments given so far, with how often."""
    lang, comments = folder.lang, class_file(folder).comments()
    if not comments:
        return _said(told("bank.none", lang))
    rows = [(each.exercise, each.text, told("bank.uses", lang, uses=each.uses)) for each in comments]
    return html_box(texts_html([told("exercise", lang), told("tab.comments", lang), ""], rows))


def export_tab(folder: MentorFolder) -> Any:
    """A button that writes everything as tables."""
    widgets: Any = import_module("ipywidgets")
    lang = folder.lang
    kind = widgets.ToggleButtons(options=["parquet", "csv"])
    button = widgets.Button(description=told("export.run", lang), button_style="primary")
    result = widgets.HTML()

    def write() -> str:
        lessons = list(folder.course.lesson_ids)
        files = export_class(folder, lessons, folder.root / "export", format=kind.value)
        return told("export.done", lang, files=", ".join(each.relative_to(folder.root).as_posix() for each in files))

    def pressed(_: Any) -> None:
        result.value = outcome_html(folder, write)

    button.on_click(pressed)
    return widgets.VBox([_said(told("export.note", lang)), widgets.HBox([kind, button]), result])
