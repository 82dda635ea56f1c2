"""The cards of steps 1 to 5: fields to write in, what their queries gave, and what was found in that."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.exchange.expo.record import CHECKS, HYPOTHESES
from classroom.exchange.expo.words import told
from classroom.learner.bi.drawing import FIELDS, needed_fields, visual_html
from classroom.learner.bi.markup import act, choice, link, note, warning
from classroom.learner.bi.markup import plain as plain_bi
from classroom.learner.bi.records import Visual
from classroom.learner.expo.markup import field, listed
from classroom.learner.expo.metric_card import compare
from classroom.learner.expo.running import passed
from classroom.learner.expo.steps import FEWEST_CHECKS, fresh_check
from classroom.messages import say_in
from classroom.session.kpi_tree import NODES
from classroom.session.shots import table_of

if TYPE_CHECKING:
    from classroom.exchange.expo.record import Shot
    from classroom.learner.expo.drawn import Drawn
    from classroom.session.result import ResultTable

SPOKEN_SECONDS = 60


def issue(page: Drawn) -> str:
    """Step 1."""
    lang, expo = page.lang, page.expo
    nodes = [
        ("", told("choose", lang)),
        *((each, say_in("classroom.session", f"kpi_node_{each}", lang)) for each in NODES),
    ]
    return page.card(
        field("issue.name", expo.issue.name, lang, rows=1),
        choice("issue.node", told("field.issue.node", lang), nodes, expo.issue.node),
        *(field(f"issue.{name}", expo.text(f"issue.{name}"), lang) for name in ("loses", "decider")),
        page.query("issue.sql"),
        runs="issue.sql",
    ) + page.result("issue.sql")


def hypotheses(page: Drawn) -> str:
    """Step 2."""
    lang, expo = page.lang, page.expo
    fields = []
    for number in range(1, HYPOTHESES + 1):
        part = f"hypothesis.{number}"
        inside = "".join(
            field(f"{part}.{name}", expo.text(f"{part}.{name}"), lang) for name in ("claim", "look", "mind")
        )
        fields.append(f"<fieldset><legend>{told('hypothesis', lang, number=number)}</legend>{inside}</fieldset>")
    return page.card(*fields, field("order.why", expo.order.why, lang))


def metric(page: Drawn) -> str:
    """Step 3."""
    lang, expo = page.lang, page.expo
    names = ("name", "numerator", "denominator", "period", "exclusions", "grain", "why")
    fields = (field(f"metric.{name}", expo.text(f"metric.{name}"), lang, rows=1) for name in names)
    drawn = page.card(*fields, page.query("metric.sql"), runs="metric.sql") + page.result("metric.sql")
    result = table_of(expo.shot("metric.sql"))
    return drawn + (_compared(page, result) if result is not None else "")


def _compared(page: Drawn, result: ResultTable) -> str:
    lang, found = page.lang, compare(page.expo.metric, result)
    lines = [told("metric.tables", lang, tables=", ".join(found.tables))] if found.tables else []
    lines.append(
        told("metric.one", lang) if not found.by else told("metric.several", lang, rows=found.rows, by=found.by)
    )
    if not found.missing and not found.months_missing and found.months and not found.is_double:
        lines.append(told("metric.agrees", lang))
    return f"<h3>{told('metric.compared', lang)}</h3>{listed(lines)}"


def checks(page: Drawn) -> str:
    """Step 4."""
    lang, expo = page.lang, page.expo
    first = page.card(
        page.query("analysis.sql"), field("analysis.conclusion", expo.analysis.conclusion, lang), runs="analysis.sql"
    ) + page.result("analysis.sql")
    written = max([number for number in range(1, CHECKS + 1) if expo.checks[number - 1].sql.strip()], default=0)
    shown = min(CHECKS, max(FEWEST_CHECKS, written + 1))
    return (
        first
        + f"<h3>{told('check.log', lang)}</h3><p>{told('check.how', lang)}</p>"
        + "".join(_check(page, number) for number in range(1, shown + 1))
    )


def _check(page: Drawn, number: int) -> str:
    lang, place = page.lang, f"check.{number}.sql"
    form = page.card(
        field(f"check.{number}.claim", page.expo.checks[number - 1].claim, lang, rows=1), page.query(place), runs=place
    )
    shot = fresh_check(page.expo, number)
    found = _verdict(shot, lang) if shot else ""
    return (
        f'<article class="penguin-bi-visual"><h4>{told("check.title", lang, number=number)}</h4>{form}{found}</article>'
    )


def _verdict(shot: Shot, lang: str) -> str:
    """What a check said, and of which spoilt data it said no."""
    if shot.problem:
        return warning(escape(shot.problem))
    said = passed(table_of(shot))
    if said is None:
        return warning(told("check.no_check", lang))
    if not said:
        return warning(told("check.no", lang))
    spoilt = [told(f"fault.{each.fault}", lang, table=each.table) for each in shot.trials if each.noticed]
    if not shot.trials:
        return note(told("check.yes", lang)) + warning(told("check.untried", lang))
    if not spoilt:
        return note(told("check.yes", lang)) + warning(told("check.always", lang, count=len(shot.trials)))
    deaf = [told(f"fault.{each.fault}", lang, table=each.table) for each in shot.trials if not each.noticed]
    more = f"<p>{told('check.deaf', lang)}</p>{listed(deaf)}" if deaf else ""
    return (
        f"<p><strong>{told('check.yes', lang)}</strong> {told('check.notices', lang)}</p>{listed(spoilt)}"
        f"<details><summary>{told('check.more', lang)}</summary>{more or told('check.all', lang)}</details>"
    )


def slide(page: Drawn) -> str:
    """Step 5."""
    lang, expo = page.lang, page.expo
    result = table_of(expo.shot("analysis.sql"))
    if result is None:
        return note(told("slide.first", lang)) + link("step/checks", f"4 {told('step.checks', lang)}")
    kinds = [("", told("choose", lang)), *((each, plain_bi(f"kind.{each}", lang)) for each in FIELDS)]
    columns = [(each, each) for each in result.columns]
    chosen = choice("slide.kind", told("field.slide.kind", lang), kinds, expo.slide.kind, "expo/save")
    for name in ("x", "y", "color"):
        if name in FIELDS.get(expo.slide.kind, ()):
            label = told(f"field.slide.{name}", lang)
            empty = ("", told("choose" if name in needed_fields(expo.slide.kind) else "without", lang))
            chosen += choice(f"slide.{name}", label, [empty, *columns], expo.text(f"slide.{name}"), "expo/save")
    texts = "".join(
        field(f"slide.{name}", expo.text(f"slide.{name}"), lang, rows=1)
        for name in ("headline", "definition", "period", "n", "next")
    )
    tools = (
        act("expo/slide", told("slide.pptx", lang)),
        f'<button type="button" data-bi-file="png">{told("slide.png", lang)}</button>',
        f'<button type="button" data-bi-full>{told("slide.full", lang)}</button>',
        timer(SPOKEN_SECONDS, "slide.timer", lang),
    )
    form = page.card(
        f'<div class="penguin-bi-fields">{chosen}</div>',
        texts,
        field("slide.spoken", expo.slide.spoken, lang, rows=4),
        tools=tools,
    )
    sheet = (
        visual_html(visual_of(page), result, lang) if expo.slide.kind in FIELDS else note(told("slide.choose", lang))
    )
    facts = "".join(
        f"<div><dt>{told(f'field.slide.{name}', lang)}</dt><dd>{escape(expo.text(f'slide.{name}'))}</dd></div>"
        for name in ("definition", "period", "n")
    )
    return (
        f'{form}<section class="penguin-bi-sheet penguin-bi-slide" data-bi-sheet="{escape(expo.slide.headline or expo.issue.name or "Expo")}">'
        f'<h2 data-bi-live="headline">{escape(expo.slide.headline)}</h2>{sheet}'
        f'<dl data-bi-live="facts">{facts}</dl><p data-bi-live="ask">{escape(expo.slide.next)}</p></section>'
    )


def visual_of(page: Drawn) -> Visual:
    """The slide's chart as the BI room draws it."""
    card_of = page.expo.slide
    options = {"x": card_of.x, "y": card_of.y, "color": card_of.color}
    return Visual(0, 0, card_of.headline, card_of.kind, {name: value for name, value in options.items() if value})


def timer(seconds: int, code: str, lang: str) -> str:
    """A button that counts the seconds."""
    return (
        f'<button type="button" data-bi-timer="{seconds}" data-bi-over="{told("timer.over", lang)}">'
        f"{told(code, lang)}</button>"
    )
