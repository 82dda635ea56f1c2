"""The list of saved queries, and the page of one: its text, its result, how it is looked at, where it is used."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.learner.bi.asking import QueryTask
from classroom.learner.bi.choosing import choosing
from classroom.learner.bi.drawing import CHART, FIELDS, LINES, needed_fields, result_html, visual_html
from classroom.learner.bi.history_page import history_html
from classroom.learner.bi.markup import (
    act,
    buttons,
    choice,
    filed,
    folder_field,
    form,
    hidden,
    link,
    note,
    plain,
    sql_field,
    text_field,
    told,
    warning,
)
from classroom.learner.bi.parameters import parameters_of
from classroom.learner.bi.place import latest, morning_text
from classroom.learner.bi.records import Query, Schedule
from classroom.learner.bi.sample_page import sample_offer
from classroom.learner.charts import LOG
from classroom.messages import say_in

if TYPE_CHECKING:
    from classroom.learner.bi.place import BiRoom
    from classroom.learner.bi.records import Place, Run, Visual
    from classroom.session.result import ResultTable

_LINE = "%query"
_EXAMPLE = """%parameter area list SHIBUYA, GINZA
SELECT count(*) AS casts FROM casts WHERE area_code = '{{ area }}'"""
_DECLARED = """%parameter word text hello
%parameter least number 10
%parameter day date yesterday
%parameter period range last_7_days
%parameter area query SELECT area_code FROM areas"""
_SHOWN_ROWS, _FEWEST_LINES, _MOST_LINES = 20, 6, 24


def queries_page(room: BiRoom, _: list[str]) -> str:
    """All queries: who made them, when they run, how the last run went, where they are used."""
    lang, queries = room.lang, room.store.queries()
    new = buttons(act("query/new", told("query.new", lang), primary=not queries))
    if not queries:
        how = told("query.none_how", lang).replace(_LINE, f"<code>{_LINE}</code>")
        return f'<p class="penguin-lead">{told("query.none", lang)}</p><p>{how}</p>{form(new)}{sample_offer(room)}'
    head = [told(f"query.{each}", lang) for each in ("name", "owner", "schedule", "last_run", "used")]
    rows = [
        (
            each.folder,
            (
                f"{link(f'query/{each.id}', escape(each.name))}<small>{escape(each.description)}</small>",
                escape(each.owner),
                told(f"schedule.{each.schedule.value}", lang),
                _last_run(room, each),
                _used(room, each) or "–",
            ),
        )
        for each in queries
    ]
    return f"{filed(head, rows)}{form(new)}"


def query_page(room: BiRoom, words: list[str]) -> str:
    """One query, to be read, changed and run; `bigquery` after its number hands it over, `history` tells its texts."""
    lang, query = room.lang, room.store.query(int(words[0]))
    if words[1:] == ["history"]:
        return history_html(room, query)
    kept, runs = latest(room, query), room.store.runs(query.id)
    shown = _last(room, runs[0], has_result=kept is not None) if runs else note(told("query.never_ran", lang))
    if kept:
        shown += result_html(kept.result, lang, _SHOWN_ROWS)
    offered = kept.choices if kept else {}
    chosen = choosing(parameters_of(query.sql), query.chosen, offered, lang, "query/choose", query=query.id)
    looks = _visuals(room, query, kept.result) if kept else note(told("visual.run_first", lang))
    used = _used(room, query)
    way = f'<button type="button" data-bi-go="query/{query.id}/bigquery">{told("query.bigquery", lang)}</button>'
    taken = _handed_over(room, query) if words[1:] == ["bigquery"] else buttons(way)
    return (
        f"<h2>{escape(query.name)}</h2>{_form(room, query, runs[0].place if runs else None)}"
        f"<section><h3>{told('query.result', lang)}</h3>{chosen}{shown}</section>"
        f"<section><h3>{told('visual.title', lang)}</h3>{looks}</section>"
        f"<section><h3>{told('query.used', lang)}</h3><p>{used or told('query.unused', lang)}</p>"
        f"{form(buttons(act('alert/new', told('alert.new', lang), query=query.id)))}</section>"
        f"<section><h3>{told('query.work', lang)}</h3>{taken}</section>"
    )


def _handed_over(room: BiRoom, query: Query) -> str:
    """The query as BigQuery takes it, how its parameters are set up, and what it would read there."""
    paper = room.asker.hand_over(QueryTask(query.sql, query.chosen), room.store.night())
    html = f"<pre>{escape(paper.sql)}</pre>" if paper.sql else ""
    html += "".join(f"<p>{escape(each)}</p>" for each in paper.notes)
    for code, said in (("handoff.differs", paper.differs), ("cost.title", paper.costs)):
        if said:
            heading = escape(say_in("classroom.learner.export", code, room.lang))
            html += f"<h4>{heading}</h4><ul>{''.join(f'<li>{escape(each)}</li>' for each in said)}</ul>"
    return f'<div class="pg">{html}</div>'


def _form(room: BiRoom, query: Query, place: Place | None) -> str:
    lang = room.lang
    schedules = [(each.value, plain(f"schedule.{each.value}", lang)) for each in Schedule]
    lines = min(max(_FEWEST_LINES, query.sql.count("\n") + 2), _MOST_LINES)
    facts = (
        text_field("name", told("query.name", lang), query.name)
        + text_field("owner", told("query.owner", lang), query.owner)
        + choice("schedule", told("query.schedule", lang), schedules, query.schedule.value)
        + folder_field(lang, query.folder, (each.folder for each in room.store.queries()))
    )
    return form(
        hidden(query=query.id),
        f'<div class="penguin-bi-fields">{facts}</div>',
        text_field(
            "description", told("query.description", lang), query.description, told("query.description_hint", lang)
        ),
        sql_field("sql", "SQL", query.sql, lines, place),
        _how_parameters(lang),
        buttons(
            act("query/run", told("query.save_run", lang), primary=True),
            act("query/save", told("save", lang)),
            act("query/format", told("query.format", lang)),
            f'<button type="button" data-bi-go="query/{query.id}/history">{told("history.title", lang)}</button>',
            act("query/copy", told("copy", lang)),
            act("query/forget", told("forget", lang), sure=told("query.forget_sure", lang)),
        ),
    )


def _how_parameters(lang: str) -> str:
    """How a query gets fields to choose values in, folded."""
    return (
        f"<details><summary>{told('parameter.how', lang)}</summary><p>{told('parameter.how_text', lang)}</p>"
        f"<pre>{escape(_EXAMPLE)}</pre><p>{told('parameter.how_quotes', lang)}</p><pre>{escape(_DECLARED)}</pre>"
        f"<p>{told('parameter.how_range', lang)}</p></details>"
    )


def _last(room: BiRoom, run: Run, *, has_result: bool) -> str:
    versions = room.store.versions(run.query)
    if versions and versions[0].at > run.at:
        return note(told("query.changed", room.lang))
    if run.problem:
        code = "query.failed" if has_result else "query.failed_first"
        return warning(f"{told(code, room.lang, day=morning_text(run.night, room.lang))} {escape(run.problem)}")
    how = told("run.by_itself" if run.by_itself else "run.by_hand", room.lang)
    return note(
        told(
            "query.ran",
            room.lang,
            day=morning_text(run.night, room.lang),
            how=how,
            rows=f"{run.rows:,}",
            seconds=f"{run.seconds:.2f}",
        )
    )


def _last_run(room: BiRoom, query: Query) -> str:
    runs = room.store.runs(query.id)
    if not runs:
        return "–"
    day = morning_text(runs[0].night, room.lang)
    if runs[0].problem:
        return f'<b class="penguin-bi-bad">{told("run.failed", room.lang)}</b> {day}'
    return f"{day}<small>{told('run.rows', room.lang, rows=f'{runs[0].rows:,}')}</small>"


def _used(room: BiRoom, query: Query) -> str:
    """The dashboards and alerts that a query feeds, as links."""
    visuals = {each.id for each in room.store.visuals(query.id)}
    boards = [each for each in room.store.dashboards() if any(card.visual in visuals for card in each.cards)]
    links = [link(f"dashboard/{each.id}", f"▦ {escape(each.name)}") for each in boards]
    links += [link(f"alert/{each.id}", f"♪ {escape(each.name)}") for each in room.store.alerts(query.id)]
    return " ".join(links)


def _visuals(room: BiRoom, query: Query, result: ResultTable) -> str:
    drawn = "".join(_visual(each, result, room.lang) for each in room.store.visuals(query.id))
    return drawn + form(buttons(act("visual/new", told("visual.new", room.lang), query=query.id)))


def _visual(visual: Visual, result: ResultTable, lang: str) -> str:
    kinds = [(each, plain(f"kind.{each}", lang)) for each in FIELDS]
    kind = told(f"kind.{visual.kind}", lang)
    fields = [
        text_field("name", told("visual.name", lang), visual.name),
        choice("kind", told("visual.kind", lang), kinds, visual.kind, "visual/save"),
    ]
    first = needed_fields(visual.kind) if visual.kind in CHART else FIELDS[visual.kind]
    fields += [_field(visual, name, result, lang) for name in first]
    more = [each for each in FIELDS[visual.kind] if each not in first]
    inside = "".join(_field(visual, each, result, lang) for each in more)
    is_open = " open" if any(visual.options.get(each) for each in more) else ""
    folded = f"<details{is_open}><summary>{told('visual.more', lang)}</summary>" if more else ""
    folded += f'<div class="penguin-bi-fields">{inside}</div></details>' if more else ""
    return (
        f'<article class="penguin-bi-visual"><h4>{escape(visual.name)}</h4><small>{kind}</small>{visual_html(visual, result, lang)}'
        + form(
            hidden(visual=visual.id),
            f'<div class="penguin-bi-fields">{"".join(fields)}</div>{folded}',
            buttons(
                act("visual/save", told("save", lang)),
                f'<button type="button" data-bi-go="slide/{visual.id}">{told("slide.make", lang)}</button>',
                act("visual/forget", told("forget", lang), sure=told("visual.forget_sure", lang)),
            ),
        )
        + "</article>"
    )


def _field(visual: Visual, name: str, result: ResultTable, lang: str) -> str:
    """One field of a visualisation: a column to choose, or a value to write."""
    apart = visual.kind not in CHART or (visual.kind == "hbar" and name in {"x", "y", "mark"})
    label = told(f"field.{name}.{visual.kind if apart else 'chart'}", lang)
    chosen = visual.options.get(name, "")
    if name in LINES:
        hint = "target_hint" if visual.kind == "counter" else "note_hint" if name == "note" else "line_hint"
        return text_field(name, label, chosen, told(f"visual.{hint}", lang))
    if name == "scale":
        steps = [(value, plain(f"visual.{code}", lang)) for value, code in (("", "even"), (LOG, "log"))]
        return choice(name, label, steps, chosen, "visual/save")
    return choice(name, label, [("", "–"), *((each, each) for each in result.columns)], chosen, "visual/save")
