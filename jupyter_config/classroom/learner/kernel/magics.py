"""Lines that begin with %: each is a plain function in one tuple; add yours at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from classroom.messages import say
from classroom.session.cell_text import SqlBlock, split_cell
from classroom.session.display import Display, page
from classroom.session.trouble import Trouble
from coursebook.answer_cell import words_of
from sqlgrade.record import LONGEST_ANSWER

if TYPE_CHECKING:
    from classroom.learner.state.desk import Desk
    from classroom.session.cell_text import MagicLine

_LONGEST_NAME = 60

Run = Callable[["Desk", str], Iterable[Display]]


@dataclass(frozen=True)
class Magic:
    """A % line: its name, what it does, and the message codes `magic.<name>.usage` and `magic.<name>.help`."""

    name: str
    run: Run
    other_names: tuple[str, ...] = ()
    of_query: bool = False
    """Whether it is about the query that has run last: above the first one in a cell, it is about that one."""
    longest: int = 1_000
    """Characters that may follow the name."""


def grade(desk: Desk, argument: str) -> Iterable[Display]:
    """Give the points of the last answer to an exercise as the cell's value, a plain number."""
    from classroom.learner.state.marking import UnknownExercise

    try:
        judgement = desk.marker.last_judgement(argument)
    except UnknownExercise:
        judgement = None
    points = float(judgement.points) if judgement else 0.0
    return [Display({"text/plain": repr(points)}, is_result=True)]


def schema(desk: Desk, argument: str) -> Iterable[Display]:
    """Show the tables, or one table with the meaning of its columns."""
    from classroom.learner.panel.schema_view import show_schema

    return [show_schema(desk, argument.strip())]


def term(desk: Desk, argument: str) -> Iterable[Display]:
    """Say what a term of the course means and where it was learned."""
    from classroom.learner.panel.glossary_view import show_terms

    return [show_terms(desk, argument.strip())]


def metrics(desk: Desk, argument: str) -> Iterable[Display]:
    """Show how the metrics are defined, or one of them."""
    from classroom.learner.panel.metrics_view import show_metrics

    return [show_metrics(desk, argument.strip())]


def chart(desk: Desk, argument: str) -> Iterable[Display]:
    """Draw the last result."""
    from classroom.learner.panel.chart_view import show_chart, show_picker

    return show_chart(desk, argument) if argument or desk.last_result is None else [show_picker(desk)]


def kpi_tree(desk: Desk, argument: str) -> Iterable[Display]:
    """Draw the KPI tree."""
    from classroom.learner.panel.kpi_view import show_kpi_tree

    return [show_kpi_tree(desk, argument)]


def save(desk: Desk, argument: str) -> Iterable[Display]:
    """Write the last result to a file for a spreadsheet."""
    from classroom.learner.panel.result_files import save_result

    return [save_result(desk, argument)]


def steps(desk: Desk, argument: str) -> Iterable[Display]:
    """Step through the last query."""
    from classroom.learner.panel.steps_view import show_steps

    return [show_steps(desk, argument or desk.last_sql)]


def bigquery(desk: Desk, argument: str) -> Iterable[Display]:
    """Write the last query as BigQuery takes it."""
    from classroom.learner.panel.bigquery_view import show_bigquery

    return [show_bigquery(desk, argument or desk.last_written, "" if argument else desk.last_sql)]


def layout(desk: Desk, argument: str) -> Iterable[Display]:
    """Lay the last query out anew."""
    from classroom.learner.panel.layout_view import show_layout

    return [show_layout(desk, argument or desk.last_written)]


def dialect(desk: Desk, argument: str) -> Iterable[Display]:
    """Choose the dialect in which answers are written, or tell which one it is."""
    from classroom.learner.panel.dialect_view import show_dialect

    return [show_dialect(desk, argument.strip())]


def query(desk: Desk, argument: str) -> Iterable[Display]:
    """Keep the last query for the BI room."""
    from classroom.learner.panel.query_view import save_query

    return [save_query(desk, argument.strip())]


def my(desk: Desk, argument: str) -> Iterable[Display]:
    """List the learner's own views and tables."""
    from classroom.learner.kernel.own import list_own

    del argument
    return [list_own(desk)]


def practice(desk: Desk, argument: str) -> Iterable[Display]:
    """Go on with the round of practice, or start one."""
    from classroom.learner.practice.sessions import show_practice

    return show_practice(desk, argument)


def draft(desk: Desk, argument: str) -> Iterable[Display]:
    """Look through a draft for one's own work."""
    from classroom.learner.panel.drafts import ask_for_draft, request_in, show_draft, show_request

    word, _, name = argument.strip().partition(" ")
    if word.lower() in ("new", "新規"):
        return [show_draft(desk, "", "")]
    if word.lower() == "ask":
        return ask_for_draft(desk, name.strip())
    if not argument and request_in(desk.source).is_written and not _has_query(desk.source):
        return [show_request(desk, desk.source)]
    return [show_draft(desk, argument or desk.last_sql, argument or desk.last_written)]


def _has_query(source: str) -> bool:
    """Whether there is more in a cell than comments and % lines."""
    return any(isinstance(each, SqlBlock) and words_of(each.sql) for each in split_cell(source, known_names()))


def review(desk: Desk, argument: str) -> Iterable[Display]:
    """Take the review at the end of a level."""
    from classroom.learner.practice.sessions import show_review

    return show_review(desk, argument)


def placement(desk: Desk, argument: str) -> Iterable[Display]:
    """Find out where to begin."""
    from classroom.learner.practice.sessions import show_placement

    return show_placement(desk, argument)


def parameter(desk: Desk, argument: str) -> Iterable[Display]:
    """Declare a parameter of the cell; it was taken up before the cell's SQL, so that only a slip is left to tell."""
    from classroom.learner.state.parameters import refuse_line
    from coursebook.parameters import BadValue, read_line

    try:
        read_line(argument)
    except BadValue as bad:
        raise refuse_line(argument, bad, desk.lang) from bad
    return []


def night(desk: Desk, argument: str) -> Iterable[Display]:
    """Let nights go by after the end of the practice data, or come back from them."""
    from classroom.learner.panel.night_view import show_night

    return [show_night(desk, argument.strip())]


def home(desk: Desk, argument: str) -> Iterable[Display]:
    """Say where home is: the page's own, which needs no kernel; and what it can't know."""
    from classroom.learner.panel.home_view import show_home

    return show_home(desk)


def simpler(desk: Desk, argument: str) -> Iterable[Display]:
    """Show the simpler form of an exercise whose answer was not right."""
    return _offered(desk, "simpler", argument)


def hint(desk: Desk, argument: str) -> Iterable[Display]:
    """Show the next hint for an answer that was not right."""
    from classroom.learner.panel.help_panel import show_next_hint

    return [show_next_hint(desk, argument.strip())]


def finish(desk: Desk, argument: str) -> Iterable[Display]:
    """Hand over what the lesson was for."""
    from classroom.learner.panel.finish_view import show_finish

    return [show_finish(desk, argument)]


def solution(desk: Desk, argument: str) -> Iterable[Display]:
    """Show a solution with its explanation."""
    return _offered(desk, "solution", argument)


def check(desk: Desk, argument: str) -> Iterable[Display]:
    """Check the result of a right answer."""
    return _offered(desk, "check", argument)


def tries(desk: Desk, argument: str) -> Iterable[Display]:
    """Show the answers that were run before."""
    return _offered(desk, "tries", argument)


def ask(desk: Desk, argument: str) -> Iterable[Display]:
    """Ask the mentors."""
    from classroom.learner.panel.ask_view import show_ask

    return [show_ask(desk, argument)]


def _offered(desk: Desk, name: str, argument: str) -> Iterable[Display]:
    """What a button of the panel shows, for the exercise that is named or was answered last."""
    from classroom.learner.panel.help_panel import show_offer

    return [show_offer(desk, name, argument.strip())]


def show_help(desk: Desk, argument: str) -> Iterable[Display]:
    """List the % lines and the keys worth knowing."""
    lines = [(say(f"magic.{each.name}.usage", desk.lang), say(f"magic.{each.name}.help", desk.lang)) for each in MAGICS]
    lines += [
        (say(f"keys.{key}.usage", desk.lang), say(f"keys.{key}.help", desk.lang))
        for key in ("run", "tab", "tip", "stop")
    ]
    rows = "".join(f"<tr><td><code>{escape(one)}</code></td><td>{escape(two)}</td></tr>" for one, two in lines)
    plain = "\n".join(f"{one}  {two}" for one, two in lines)
    return [page(f'<table class="pg-table"><tbody>{rows}</tbody></table>', plain)]


MAGICS: tuple[Magic, ...] = (
    Magic("grade", grade),
    Magic("schema", schema, ("tables", "表")),
    Magic("term", term, ("用語",)),
    Magic("metrics", metrics, ("metric", "指標")),
    Magic("chart", chart, ("グラフ",), of_query=True),
    Magic("kpi_tree", kpi_tree),
    Magic("steps", steps, ("ステップ",), of_query=True, longest=LONGEST_ANSWER),
    Magic("bigquery", bigquery, of_query=True, longest=LONGEST_ANSWER),
    Magic("format", layout, ("整える",), of_query=True, longest=LONGEST_ANSWER),
    Magic("dialect", dialect, ("方言",)),
    Magic("query", query, ("クエリ",), of_query=True),
    Magic("my", my),
    Magic("practice", practice, ("練習",)),
    Magic("draft", draft, ("下書き",), of_query=True, longest=LONGEST_ANSWER),
    Magic("review", review, ("まとめ",)),
    Magic("placement", placement, ("診断",)),
    Magic("parameter", parameter, ("パラメータ",), longest=LONGEST_ANSWER),
    Magic("night", night, ("夜",)),
    Magic("home", home, ("ホーム",)),
    Magic("save", save, ("保存",), of_query=True),
    Magic("hint", hint, ("ヒント",)),
    Magic("finish", finish, ("仕上げ",)),
    Magic("simpler", simpler),
    Magic("solution", solution),
    Magic("check", check),
    Magic("tries", tries),
    Magic("ask", ask, ("質問",), longest=10_000),
    Magic("help", show_help, ("ヘルプ",)),
)
"""All % lines, in the order in which %help lists them."""


def find_magic(name: str) -> Magic | None:
    """The magic of a name, in any case of letters."""
    return next((each for each in MAGICS if name.lower() in (each.name, *each.other_names)), None)


def known_names() -> frozenset[str]:
    """Every name that a % line may have."""
    return frozenset(name for each in MAGICS for name in (each.name, *each.other_names))


def unknown_magic(line: MagicLine, lang: str) -> Trouble:
    """The answer to a % line that nobody knows."""
    names = ", ".join(f"%{each.name}" for each in MAGICS)
    title, name = say("unknown_magic.title", lang), line.name[:_LONGEST_NAME]
    return Trouble(title, say("unknown_magic.cause", lang, name=name), say("unknown_magic.advice", lang, names=names))
