"""What the buttons of the room do: each a plain function from the page's fields to the place that is shown next."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from classroom.learner.bi.alert_actions import ALERT_ACTIONS
from classroom.learner.bi.choosing import chosen_in
from classroom.learner.bi.done import Done, Fields, Taken, short
from classroom.learner.bi.drawing import FIELDS
from classroom.learner.bi.markup import plain, told
from classroom.learner.bi.place import MARKETPLACE, BiRoom, latest, morning_text
from classroom.learner.bi.records import Card, Dashboard, Query, Schedule, Visual
from classroom.learner.bi.running import NightUnreachable, pass_a_night, run_queries
from classroom.learner.bi.sample import is_empty, make_sample, throw_away
from classroom.learner.bi.slide import PARTS, PPTX, slide_file
from classroom.learner.charts import suggest_line
from classroom.learner.charts.values import Misfit
from coursebook.answer_cell import cut_chart
from coursebook.own_tables.telling import identifier
from sqlgrade.dialect.heading import DUCKDB, named_dialect
from sqlgrade.record import LONGEST_ANSWER

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.learner.bi.records import Run
    from classroom.session.result import ResultTable

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\s]+')
_TIMES = ("DATE", "TIMESTAMP")
_STARTER = "SELECT *\nFROM {}\nLIMIT 10"
"""What a new query holds, with one of the tables: it runs as it stands, so that the first press shows rows."""


def _new_query(room: BiRoom, fields: Fields) -> Done:
    first = next(each for each in (*MARKETPLACE, *room.tables) if each in room.tables)
    query = Query(0, told("query.unnamed", room.lang), _STARTER.format(identifier(first)))
    return Done(f"query/{room.store.keep_query(query, room.who)}")


def _save_query(room: BiRoom, fields: Fields) -> Done:
    query = _query_of(room, fields)
    room.store.keep_query(query, room.who)
    return Done(f"query/{query.id}", told("saved", room.lang))


def _run_query(room: BiRoom, fields: Fields) -> Done:
    query = _query_of(room, fields)
    room.store.keep_query(query, room.who)
    runs = run_queries(room.store, room.asker, [query])
    return _ran(room, f"query/{query.id}", runs)


def _format_query(room: BiRoom, fields: Fields) -> Done:
    """Lines and spaces of the query put in order, and kept; it is run no more than by saving it."""
    from classroom.learner.state.laying import laid_out  # brings sqlglot, which no other action needs

    query = _query_of(room, fields)
    made = laid_out(query.sql, named_dialect(query.sql) or DUCKDB, room.lang)
    if made.why_not:
        return Done("", escape(made.why_not), is_bad=True, is_refused=True)
    room.store.keep_query(replace(query, sql=made.text), room.who)
    return Done(f"query/{query.id}", told("query.formatted", room.lang))


def _query_of(room: BiRoom, fields: Fields) -> Query:
    """The query as the form has it; a text beyond what is run is cut nowhere, but left as it was."""
    query = room.store.query(int(fields["query"]))
    sql = fields.get("sql", query.sql)
    return replace(
        query,
        name=short(fields.get("name", "")) or query.name,
        sql=sql if len(sql) <= LONGEST_ANSWER else query.sql,
        description=short(fields.get("description", query.description)),
        owner=short(fields.get("owner", query.owner)),
        schedule=Schedule(fields.get("schedule", query.schedule.value)),
        folder=short(fields.get("folder", query.folder)),
    )


def _copy_query(room: BiRoom, fields: Fields) -> Done:
    """The query once more, with its visualisations, under a name of its own; its alerts stay with the first."""
    query = _query_of(room, fields)
    room.store.keep_query(query, room.who)
    made = room.store.keep_query(replace(query, id=0, name=_named_copy(room, query.name)), room.who)
    for each in room.store.visuals(query.id):
        room.store.keep_visual(replace(each, id=0, query=made))
    return Done(f"query/{made}", told("copied", room.lang))


def _named_copy(room: BiRoom, name: str) -> str:
    return short(plain("copy_of", room.lang, name=name))


def _restore_query(room: BiRoom, fields: Fields) -> Done:
    """Put an earlier text of a query back; the one it replaces stays in the history."""
    query = room.store.query(int(fields["query"]))
    version = next((each for each in room.store.versions(query.id) if each.number == int(fields["version"])), None)
    if version is None:
        raise KeyError(fields["version"])
    room.store.keep_query(replace(query, sql=version.sql), room.who)
    return Done(f"query/{query.id}", told("history.restored", room.lang))


def _forget_query(room: BiRoom, fields: Fields) -> Done:
    room.store.forget("query", int(fields["query"]))
    return Done("queries", told("forgotten", room.lang))


def _new_visual(room: BiRoom, fields: Fields) -> Done:
    """A visualisation to begin with: the chart that the result's columns suggest, a table where they suggest none."""
    query = room.store.query(int(fields["query"]))
    kept = latest(room, query)
    kind, options = _suggested(kept.result) if kept else ("table", {})
    room.store.keep_visual(Visual(0, query.id, query.name, kind, options))
    return Done(f"query/{query.id}")


def _suggested(result: ResultTable) -> tuple[str, dict[str, str]]:
    known = [[row[at] for row in result.rows if row[at] is not None] for at in range(len(result.columns))]
    numeric = [bool(each) and all(isinstance(value, int | float) for value in each) for each in known]
    line = cut_chart(suggest_line(result.columns, numeric, [each.startswith(_TIMES) for each in result.types]))[1]
    if len(result.rows) == 1 and any(numeric):
        return "counter", {"y": result.columns[numeric.index(True)]}
    return (line.kind, dict(line.options)) if line else ("table", {})


def _save_visual(room: BiRoom, fields: Fields) -> Done:
    visual = room.store.visual(int(fields["visual"]))
    kind = fields.get("kind", visual.kind)
    if kind not in FIELDS:
        raise KeyError(kind)
    options = {name: short(fields.get(name, visual.options.get(name, ""))) for name in FIELDS[kind]}
    name = short(fields.get("name", "")) or visual.name
    room.store.keep_visual(replace(visual, name=name, kind=kind, options=options))
    return Done(f"query/{visual.query}", told("saved", room.lang))


def _forget_visual(room: BiRoom, fields: Fields) -> Done:
    visual = room.store.visual(int(fields["visual"]))
    room.store.forget("visual", visual.id)
    return Done(f"query/{visual.query}", told("forgotten", room.lang))


def _save_slide(room: BiRoom, fields: Fields) -> Done:
    visual = room.store.visual(int(fields["visual"]))
    room.store.keep_slide(visual.id, _texts(fields))
    return Done(f"slide/{visual.id}", _missing(room, _texts(fields)) or told("saved", room.lang))


def _slide_file(room: BiRoom, fields: Fields) -> Done:
    """The PowerPoint file, once nothing on it is empty any more."""
    visual, texts = room.store.visual(int(fields["visual"])), _texts(fields)
    room.store.keep_slide(visual.id, texts)
    at, kept = f"slide/{visual.id}", latest(room, room.store.query(visual.query))
    if missing := _missing(room, texts):
        return Done(at, missing)
    if kept is None:
        return Done(at, told("visual.run_first", room.lang))
    labels = {each: plain(f"slide.{each}", room.lang) for each in PARTS}
    try:
        content = slide_file(visual, kept.result, texts, labels)
    except Misfit as fault:
        return Done(at, escape(fault.sentence(room.lang)))
    name = _NOT_IN_NAMES.sub("_", texts["headline"])[:60] or "slide"
    return Done(at, told("slide.made", room.lang), Taken(f"{name}.pptx", PPTX, content))


def _texts(fields: Fields) -> dict[str, str]:
    return {each: short(fields.get(each, "")) for each in PARTS}


def _missing(room: BiRoom, texts: Fields) -> str:
    """What is still empty, with why it is asked for."""
    empty = [each for each in PARTS if not texts[each]]
    return "<br>".join(told(f"slide.{each}_missing", room.lang) for each in empty)


def _new_board(room: BiRoom, fields: Fields) -> Done:
    name = short(fields.get("name", "")) or told("board.unnamed", room.lang)
    return Done(f"dashboard/{room.store.keep_dashboard(Dashboard(0, name))}/edit")


def _rename_board(room: BiRoom, fields: Fields) -> Done:
    board = _board(room, fields)
    name, folder = short(fields.get("name", "")) or board.name, short(fields.get("folder", board.folder))
    room.store.keep_dashboard(replace(board, name=name, folder=folder))
    return Done(f"dashboard/{board.id}/edit", told("saved", room.lang))


def _copy_board(room: BiRoom, fields: Fields) -> Done:
    """The dashboard once more: the same visualisations, to be arranged otherwise."""
    board = _board(room, fields)
    made = room.store.keep_dashboard(replace(board, id=0, name=_named_copy(room, board.name)))
    return Done(f"dashboard/{made}/edit", told("copied", room.lang))


def _sample(room: BiRoom, fields: Fields) -> Done:
    """The sample dashboard, in a room that holds nothing yet."""
    if not is_empty(room):  # another window was faster
        return Done("dashboards")
    return Done(f"dashboard/{make_sample(room)}")


def _throw_sample_away(room: BiRoom, fields: Fields) -> Done:
    throw_away(room, _board(room, fields).id)
    return Done("dashboards", told("sample.thrown_away", room.lang))


def _forget_board(room: BiRoom, fields: Fields) -> Done:
    room.store.forget("dashboard", int(fields["board"]))
    return Done("dashboards", told("forgotten", room.lang))


def _add_card(room: BiRoom, fields: Fields) -> Done:
    board, visual = _board(room, fields), room.store.visual(int(fields["visual"]))
    return _arranged(room, board, (*board.cards, Card(visual.id)))


def _card_up(room: BiRoom, fields: Fields) -> Done:
    board, at = _board(room, fields), int(fields["at"])
    cards = list(board.cards)
    if 0 < at < len(cards):
        cards[at - 1], cards[at] = cards[at], cards[at - 1]
    return _arranged(room, board, tuple(cards))


def _card_width(room: BiRoom, fields: Fields) -> Done:
    board, at = _board(room, fields), int(fields["at"])
    cards = (replace(each, is_wide=not each.is_wide) if n == at else each for n, each in enumerate(board.cards))
    return _arranged(room, board, tuple(cards))


def _remove_card(room: BiRoom, fields: Fields) -> Done:
    board, at = _board(room, fields), int(fields["at"])
    return _arranged(room, board, tuple(each for n, each in enumerate(board.cards) if n != at))


def _arranged(room: BiRoom, board: Dashboard, cards: tuple[Card, ...]) -> Done:
    room.store.keep_dashboard(replace(board, cards=cards))
    return Done(f"dashboard/{board.id}/edit")


def _choose_for_query(room: BiRoom, fields: Fields) -> Done:
    """Run a query with other values for its parameters, which are its own from now on."""
    query = room.store.query(int(fields["query"]))
    changed = replace(query, chosen={**query.chosen, **chosen_in(fields)})
    room.store.keep_query(changed, room.who)
    return _ran(room, f"query/{query.id}", run_queries(room.store, room.asker, [changed]))


def _choose_for_board(room: BiRoom, fields: Fields) -> Done:
    """Run all queries of a dashboard with other values, which are the dashboard's from now on."""
    board = _board(room, fields)
    room.store.keep_dashboard(replace(board, chosen={**board.chosen, **chosen_in(fields)}))
    return _refresh_board(room, fields)


def _refresh_board(room: BiRoom, fields: Fields) -> Done:
    """Each query of the dashboard runs once, however many of its visualisations are on it."""
    board = _board(room, fields)
    visuals = {each.id: each.query for each in room.store.visuals()}
    numbers = dict.fromkeys(visuals[each.visual] for each in board.cards)
    queries = [room.store.query(each) for each in numbers]
    runs = run_queries(room.store, room.asker, queries, board.chosen)
    return _ran(room, f"dashboard/{board.id}", runs)


def _board(room: BiRoom, fields: Fields) -> Dashboard:
    return room.store.dashboard(int(fields["board"]))


def _night(room: BiRoom, fields: Fields) -> Done:
    """Let one night go by; what rang in it is told at once, wherever the learner is."""
    seen = int(fields["seen"])
    try:
        has_gone = pass_a_night(room.store, room.asker, seen)
    except NightUnreachable as fault:
        return Done("", f"{told('clock.unreachable', room.lang)} {escape(str(fault))}")
    if not has_gone:
        return Done("", told("clock.not_gone", room.lang))
    rang = [each for each in room.store.looks() if each.night == seen + 1 and each.rang]
    failed = [each for each in room.store.runs() if each.night == seen + 1 and each.by_itself and each.problem]
    names = {each.id: each.name for each in room.store.alerts()}
    day = morning_text(seen + 1, room.lang)
    parts = [told("clock.gone_by", room.lang, day=day)]
    parts += [told(f"clock.rang_{each.after.value}", room.lang, name=names[each.alert]) for each in reversed(rang)]
    parts += [told("clock.failed", room.lang, count=len(failed))] if failed else []
    told_of = " ".join(parts if len(parts) > 1 else [*parts, told("clock.quiet", room.lang)])
    return Done("", told_of, is_bad=bool(failed))


def _again(room: BiRoom, fields: Fields) -> Done:
    room.store.begin_again()
    return Done("", told("clock.begun_again", room.lang))


def _ran(room: BiRoom, at: str, runs: tuple[Run, ...]) -> Done:
    """What is told after queries have run by hand: of each that gave no result which one it was, and why."""
    failed = [each for each in runs if each.problem]
    if not failed:
        seconds = f"{sum(each.seconds for each in runs):.2f}"
        return Done(at, told("run.all", room.lang, count=len(runs), seconds=seconds))
    told_of = [
        told("run.failed_why", room.lang, name=room.store.query(each.query).name, why=each.problem) for each in failed
    ]
    rest = len(runs) - len(failed)
    told_of += [told("run.rest", room.lang, count=rest)] if rest else []
    return Done(at, "<br>".join(told_of), is_bad=True)


ACTIONS: dict[str, Callable[[BiRoom, Fields], Done]] = {
    "query/new": _new_query,
    "query/save": _save_query,
    "query/run": _run_query,
    "query/format": _format_query,
    "query/copy": _copy_query,
    "query/restore": _restore_query,
    "query/choose": _choose_for_query,
    "query/forget": _forget_query,
    "visual/new": _new_visual,
    "visual/save": _save_visual,
    "visual/forget": _forget_visual,
    "slide/save": _save_slide,
    "slide/file": _slide_file,
    "board/new": _new_board,
    "board/rename": _rename_board,
    "board/copy": _copy_board,
    "board/forget": _forget_board,
    "sample/make": _sample,
    "sample/forget": _throw_sample_away,
    "board/add": _add_card,
    "board/up": _card_up,
    "board/width": _card_width,
    "board/remove": _remove_card,
    "board/refresh": _refresh_board,
    "board/choose": _choose_for_board,
    **ALERT_ACTIONS,
    "night": _night,
    "again": _again,
}
"""The actions, by the names that the pages' buttons give them."""
