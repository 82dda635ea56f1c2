"""The list of dashboards, and one of them: to be looked at, refreshed, shown on a wall, taken along; or to be arranged."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.learner.bi.choosing import choosing
from classroom.learner.bi.drawing import visual_html
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
    table,
    text_field,
    told,
)
from classroom.learner.bi.parameters import parameters_of
from classroom.learner.bi.place import latest, morning_text
from classroom.learner.bi.sample_page import sample_note, sample_offer

if TYPE_CHECKING:
    from classroom.learner.bi.place import BiRoom
    from classroom.learner.bi.records import Card, Dashboard, Query, Visual


def dashboards_page(room: BiRoom, _: list[str]) -> str:
    """All dashboards."""
    lang, boards = room.lang, room.store.dashboards()
    new = form(
        text_field("name", told("board.name", lang), "", told("board.name_hint", lang)),
        buttons(act("board/new", told("board.new", lang), primary=not boards)),
    )
    if not boards:
        none = f'<p class="penguin-lead">{told("board.none", lang)}</p><p>{told("board.none_how", lang)}</p>'
        return f"{none}{sample_offer(room)}{new}"
    rows = [
        (
            each.folder,
            (link(f"dashboard/{each.id}", escape(each.name)), told("board.cards", lang, count=len(each.cards))),
        )
        for each in boards
    ]
    return f"{filed([told('board.name', lang), ''], rows)}{new}"


def dashboard_page(room: BiRoom, words: list[str]) -> str:
    """One dashboard; `edit` after its number, and it is arranged."""
    board = room.store.dashboard(int(words[0]))
    visuals = {each.id: each for each in room.store.visuals()}
    queries = {each.id: each for each in room.store.queries()}
    if words[1:] == ["edit"]:
        return _arranged(room, board, visuals, queries)
    lang = room.lang
    tools = buttons(
        act("board/refresh", told("board.refresh", lang), primary=True, board=board.id),
        f'<button type="button" data-bi-go="dashboard/{board.id}/edit">{told("board.edit", lang)}</button>',
        f'<button type="button" data-bi-full>{told("board.full", lang)}</button>',
        f'<button type="button" data-bi-file="png">{told("file.png", lang)}</button>',
        f'<button type="button" data-bi-file="html">{told("file.html", lang)}</button>',
    )
    cards = "".join(_card(room, each, board, visuals[each.visual], queries) for each in board.cards)
    body = cards or note(told("board.empty", lang))
    fed = dict.fromkeys(visuals[each.visual].query for each in board.cards)
    return (
        f"{sample_note(room, board.id)}{form(tools)}{_chosen(room, board, [queries[each] for each in fed])}"
        f'<section class="penguin-bi-sheet" data-bi-sheet="{escape(board.name)}"><h2>{escape(board.name)}</h2>'
        f'<div class="penguin-bi-grid">{body}</div></section>'
    )


def _chosen(room: BiRoom, board: Dashboard, queries: list[Query]) -> str:
    """One field for each parameter, however many of the dashboard's queries have one of its name."""
    parameters = {each.name: each for query in reversed(queries) for each in parameters_of(query.sql)}
    chosen = dict(board.chosen)
    choices: dict[str, tuple[str, ...]] = {}
    for query in queries:
        chosen = {**query.chosen, **chosen}
        kept = latest(room, query, board.chosen)
        choices |= kept.choices if kept else {}
    return choosing(parameters.values(), chosen, choices, room.lang, "board/choose", board=board.id)


def _card(room: BiRoom, card: Card, board: Dashboard, visual: Visual, queries: dict[int, Query]) -> str:
    lang, kept = room.lang, latest(room, queries[visual.query], board.chosen)
    drawn = (
        visual_html(visual, kept.result, lang, is_wide=card.is_wide) if kept else note(told("query.never_ran", lang))
    )
    runs = room.store.runs(visual.query)
    failed = runs[0].problem if runs else ""
    said = told("board.as_of", lang, day=morning_text(kept.night, lang)) if kept else ""
    trouble = (
        f'<span class="penguin-bi-bad" title="{escape(failed)}">{told("board.failed", lang)}</span> ' if failed else ""
    )
    wide = " penguin-bi-wide" if card.is_wide else ""
    return (
        f'<article class="penguin-bi-card{wide}"><h3>{escape(visual.name)}</h3>{drawn}'
        f"<footer>{trouble}{said} · {link(f'query/{visual.query}', escape(queries[visual.query].name))}</footer></article>"
    )


def _arranged(room: BiRoom, board: Dashboard, visuals: dict[int, Visual], queries: dict[int, Query]) -> str:
    lang = room.lang
    rows = []
    for at, card in enumerate(board.cards):
        width = told("board.narrow" if card.is_wide else "board.wide", lang)
        moves = buttons(
            act("board/up", "↑", board=board.id, at=at) if at else "",
            act("board/width", width, board=board.id, at=at),
            act("board/remove", told("board.remove", lang), board=board.id, at=at),
        )
        visual = visuals[card.visual]
        rows.append((escape(visual.name), escape(queries[visual.query].name), form(moves)))
    head = (told("visual.title", lang), told("tab.queries", lang), "")
    there = f'<div class="pg">{table(head, rows)}</div>' if rows else ""
    offered = [(str(each.id), f"{each.name} – {plain(f'kind.{each.kind}', lang)}") for each in visuals.values()]
    add = note(told("board.no_visual", lang))
    if offered:
        add = form(
            hidden(board=board.id),
            choice("visual", told("board.add_which", lang), offered, ""),
            buttons(act("board/add", told("board.add", lang), primary=not rows)),
        )
    name = form(
        hidden(board=board.id),
        text_field("name", told("board.name", lang), board.name),
        folder_field(lang, board.folder, (each.folder for each in room.store.dashboards())),
        buttons(
            act("board/rename", told("save", lang)),
            act("board/copy", told("copy", lang)),
            act("board/forget", told("forget", lang), sure=told("board.forget_sure", lang)),
            f'<button type="button" data-bi-go="dashboard/{board.id}">{told("board.done", lang)}</button>',
        ),
    )
    return f"<h2>{escape(board.name)}</h2>{there}{add}{name}"
