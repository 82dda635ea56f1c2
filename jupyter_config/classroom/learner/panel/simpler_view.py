"""The simpler form of an exercise under its answer: blanks to fill, or lines to put in order."""

from __future__ import annotations

from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from classroom.exchange.judge_line import NoJudge
from classroom.learner.panel.notices import no_judge_sentence
from classroom.learner.panel.offer import put_back, sentence
from classroom.learner.panel.simpler import Covered, FillIn, Pieces, make_simpler
from classroom.session.display import Display, page
from coursebook import Outcome
from coursebook.answer_cell import answer_alone, first_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.learner.state.desk import Desk
    from classroom.session.case import Case


def has_simpler(case: Case) -> bool:
    """Whether a simpler form can be made for a wrong answer; without the solution at hand, whether its kind has one."""
    if case.judgement.outcome is Outcome.ACCEPTED or case.exercise.kind.simpler is None:
        return False
    return not case.exercise.solutions or make_simpler(case.exercise, case.judgement) is not None


def simpler_form(case: Case, desk: Desk) -> FillIn | Pieces | None:
    """The simpler form for an answer, if one can be made; a judge that is elsewhere sends it without what belongs into it.

    Raises:
        NoJudge, HintsFirst: it is not to be had, or not before other hints.
    """
    reply = desk.marker.help_from_judge("simpler", case.exercise)
    if reply is not None:
        return Covered.from_plain(reply["form"])
    return make_simpler(desk.marker.exercise(case.exercise.id), case.judgement)


def _wrong(case: Case, desk: Desk, form: FillIn | Pieces, words: tuple[str, ...]) -> tuple[int, ...]:
    """The numbers of the words that do not belong where they were put; raises as simpler_form does."""
    reply = desk.marker.help_from_judge("simpler", case.exercise, words) if "" in _belonging(form) else None
    return form.wrong(words) if reply is None else tuple(reply["wrong"])


def _belonging(form: FillIn | Pieces) -> tuple[str, ...]:
    return form.blanks if isinstance(form, FillIn) else form.lines


def show_simpler(case: Case, desk: Desk, form: FillIn | Pieces) -> Display:
    """The simpler form in text, to be worked on in the answer cell."""
    told, text = _told(case, form), form.text()
    words = ", ".join(form.choices) if isinstance(form, FillIn) else ""
    more = f"<p>{escape(words)}</p>" if words else ""
    html = f'<div class="pg-card pg-quiet"><p>{escape(told)}</p><pre>{escape(text)}</pre>{more}</div>'
    return page(html, "\n".join(filter(None, [told, text, words])))


def simpler_widgets(case: Case, desk: Desk) -> Any | None:
    """The simpler form with fields and a check of its own."""
    form = simpler_form(case, desk)
    if isinstance(form, FillIn):
        return _fill_in(case, desk, form)
    return _pieces(case, desk, form) if form else None


def _told(case: Case, form: FillIn | Pieces) -> str:
    if isinstance(form, Pieces):
        return sentence("simpler.pieces", case.lang)
    return sentence("simpler.choose" if form.choices else "simpler.fill_in", case.lang, count=len(form.blanks))


def _fill_in(case: Case, desk: Desk, form: FillIn) -> Any:
    widgets: Any = import_module("ipywidgets")
    fields = []
    for number in range(1, len(form.blanks) + 1):
        label = sentence("simpler.blank", case.lang, number=number)
        if form.choices:
            fields.append(widgets.Dropdown(description=label, options=["", *form.choices]))
        else:
            fields.append(widgets.Text(description=label, placeholder="___", continuous_update=False))

    def judge() -> tuple[bool, str, str]:
        words = [str(field.value).strip() for field in fields]
        if not all(words):
            return False, sentence("simpler.left", case.lang, count=words.count("")), ""
        wrong, sql = _wrong(case, desk, form, tuple(words)), form.filled(words)
        if not wrong or accepted(case, desk, sql):
            return True, sentence("simpler.right", case.lang), sql
        numbers = ", ".join(f"[{number}]" for number in wrong)
        return False, sentence("simpler.wrong_blanks", case.lang, numbers=numbers), ""

    return _form(case, form, fields, judge)


def _pieces(case: Case, desk: Desk, form: Pieces) -> Any:
    widgets: Any = import_module("ipywidgets")
    offered = [("", ""), *((line, line) for line in dict.fromkeys(form.shuffled))]
    fields = [
        widgets.Dropdown(
            description=sentence("simpler.line", case.lang, number=number),
            options=offered,
            layout=widgets.Layout(width="min(100%, 44em)"),
        )
        for number in range(form.given + 1, len(form.lines) + 1)
    ]

    def judge() -> tuple[bool, str, str]:
        words = tuple(str(field.value) for field in fields)
        chosen = [*form.lines[: form.given], *words]
        wrong, sql = _wrong(case, desk, form, words), "\n".join(chosen)
        if not wrong or ("" not in chosen and accepted(case, desk, sql)):
            return True, sentence("simpler.right", case.lang), sql
        code = "simpler.line_left" if chosen[wrong[0] - 1] == "" else "simpler.line_wrong"
        return False, sentence(code, case.lang, number=wrong[0]), ""

    return _form(case, form, fields, judge)


def _form(case: Case, form: FillIn | Pieces, fields: list[Any], judge: Callable[[], tuple[bool, str, str]]) -> Any:
    """The text, the fields, the check and what it says."""
    widgets: Any = import_module("ipywidgets")
    text = form.text() if isinstance(form, FillIn) else "\n".join(form.lines[: form.given])
    shown = f"<pre>{escape(text)}</pre>" if text else ""
    head = widgets.HTML(
        f'<div class="pg"><div class="pg-card pg-quiet"><p>{escape(_told(case, form))}</p>{shown}</div></div>'
    )
    said = widgets.HTML()
    check = widgets.Button(description=sentence("simpler.check", case.lang))

    def press(_: Any) -> None:
        try:
            right, told, sql = judge()
        except NoJudge as none:
            right, told, sql = False, no_judge_sentence(none, case.lang), ""
        mark, tone = ("✓", "pg-right") if right else ("✗", "pg-wrong")
        more = put_back(f"{first_line(case.exercise.id, case.lang)}\n{sql}", sentence("simpler.take", case.lang))
        html = f'<div class="pg-card {tone}" role="status"><p>{mark} {escape(told)}</p>{more if right else ""}</div>'
        said.value = f'<div class="pg">{html}</div>'

    check.on_click(press)
    return widgets.VBox([head, *fields, check, said])


def accepted(case: Case, desk: Desk, sql: str) -> bool:
    """Whether the judge accepts a query that is not the learner's answer."""
    return desk.marker.judge_aside(answer_alone(case.exercise.id, sql)).outcome is Outcome.ACCEPTED
