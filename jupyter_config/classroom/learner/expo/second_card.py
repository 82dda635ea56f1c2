"""The card of step 8: the seal, the second data, the plan as it was written, and the facts beside the report."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from classroom.exchange.expo.figures import change, counted, level
from classroom.exchange.expo.record import STEP_PARTS, places
from classroom.exchange.expo.seal import MONTH, PLAN, REPORT, RUN, faults_of, latest
from classroom.exchange.expo.words import plain, told
from classroom.learner.bi.markup import act, buttons, form, note, table, warning
from classroom.learner.bi.place import clock_text
from classroom.learner.expo.facts import FEWEST
from classroom.learner.expo.handing import in_class
from classroom.learner.expo.markup import field, listed, ways_to_unfinished
from classroom.learner.expo.second import PLANNED, facts_of, given, is_as_made, truth_of
from marketplace.secondmonth import METRICS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classroom.exchange.expo.record import Entry
    from classroom.learner.expo.drawn import Drawn
    from classroom.learner.expo.facts import Facts, GroupDifference
    from marketplace.secondmonth.metrics import Metric


def second(page: Drawn) -> str:
    """Step 8, as far as it has come."""
    lang, expo = page.lang, page.expo
    parts = [log_html(page), in_class(page)]
    if not page.is_sealed:
        if unfinished := ways_to_unfinished(page.room, STEP_PARTS):
            return f"<p>{told('second.not_yet', lang)}</p>{unfinished}"
        seal = act("expo/seal", told("second.seal", lang), primary=True, sure=told("second.seal_sure", lang))
        return f"<p>{told('second.ready', lang)}</p>{form(buttons(seal))}"
    if latest(expo, MONTH) is None or not page.room.month.is_file():
        if given(page.room) is None:
            return "".join(parts) + note(told("second.waiting", lang))
        make = act("expo/month", told("second.make", lang), primary=True)
        return "".join(parts) + f"<p>{told('second.make_how', lang)}</p>" + form(buttons(make))
    parts += _planned(page)
    if latest(expo, RUN) is not None:
        parts.append(_side_by_side(page))
    if latest(expo, REPORT) is not None:
        parts.append(revealed(page))
    return "".join(parts)


def _planned(page: Drawn) -> list[str]:
    """The plan as it was sealed, run on the second data."""
    lang = page.lang
    run = form(buttons(act("expo/plan", told("second.run", lang), primary=latest(page.expo, RUN) is None)))
    parts = [
        f"<h3>{told('second.planned', lang)}</h3>",
        page.sealed("measure.sql", "measure.stop", "measure.rule"),
        run,
    ]
    if not is_as_made(page.room):
        parts.append(warning(told("second.other_file", lang)))
    if latest(page.expo, RUN) is not None:
        parts.append(page.shot(PLANNED))
    return parts


def _side_by_side(page: Drawn) -> str:
    """The facts on the left, the report's words on the right; nobody grades the words."""
    lang = page.lang
    facts = facts_of(page.room)
    left = _facts(page, facts) if facts else warning(told("second.no_facts", lang))
    mind = page.sealed("measure.rule", *(f"hypothesis.{number}.mind" for number in (1, 2, 3)))
    return (
        f'<div class="penguin-expo-beside"><section><h3>{told("second.facts", lang)}</h3>{left}'
        f"<h3>{told('second.mind', lang)}</h3>{mind}</section>"
        f"<section><h3>{told('second.words', lang)}</h3>{_report(page)}</section></div>"
    )


def _report(page: Drawn) -> str:
    """Fields for the report, until it is handed in."""
    lang, expo = page.lang, page.expo
    if latest(expo, REPORT) is not None:
        words = page.shown({place: expo.text(place) for place in places() if place.startswith("report.")})
        return (
            note(told("second.reported", lang)) + words + (page.shot("report.sql") if expo.report.sql.strip() else "")
        )
    report = page.card(
        *(
            field(f"report.{name}", expo.text(f"report.{name}"), lang, rows=3)
            for name in ("finding", "decision", "cannot")
        ),
        field("report.deviations", expo.report.deviations, lang),
        field("report.sql", expo.report.sql, lang, rows=4),
        tools=(act("expo/beside", told("second.beside", lang)),),
    )
    keep = act("expo/report", told("second.report", lang), primary=True, sure=told("second.report_sure", lang))
    beside = page.shot("report.sql") if expo.shot("report.sql") else ""
    return f"{report}{beside}{form(buttons(keep))}"


def _facts(page: Drawn, facts: Facts) -> str:
    lang, sealed = page.lang, page.plan
    metric, group = METRICS[sealed.measure.metric], sealed.measure.group
    whole = facts.whole
    lines = [
        told(
            "facts.sizes",
            lang,
            control=counted(whole.control.units, group, lang),
            treatment=counted(whole.treatment.units, group, lang),
        ),
        told(
            "facts.ratio_off" if facts.result == "unreadable" else "facts.ratio",
            lang,
            percent=facts.percent,
        ),
        told(
            "facts.means",
            lang,
            control=level(whole.control.mean, metric, lang),
            treatment=level(whole.treatment.mean, metric, lang),
        ),
        f"<strong>{told('facts.difference', lang, **_interval(whole, metric, lang))}</strong>",
    ]
    rows = [
        (
            escape(name) or told("facts.blank", lang),
            f"{each.control.units:,} / {each.treatment.units:,}",
            told("facts.interval", lang, **_interval(each, metric, lang))
            if each.can_be_told
            else told("facts.too_few", lang, least=counted(FEWEST, group, lang)),
        )
        for name, each in facts.segments
    ]
    head = [told(f"facts.{each}", lang) for each in ("segment", "units", "change")]
    pattern = next(each for each in page.room.texts.patterns if each.result == facts.result)
    spreads = told("facts.spreads", lang, z=f"{facts.z:+.1f}")
    return (
        f"{listed(lines)}<details><summary>{told('facts.in_spreads', lang)}</summary><p>{spreads}</p></details><div class='pg'>{table(head, rows)}</div>{note(told('facts.segments', lang))}"
        f"<h3>{escape(pattern.title[lang])}</h3><p>{told('facts.write', lang)}</p><blockquote>{escape(pattern.write[lang])}</blockquote>"
        f"<p>{told('facts.never', lang)} <s>{escape(pattern.never[lang])}</s></p>"
    )


def _interval(each: GroupDifference, metric: Metric, lang: str) -> dict[str, str]:
    return {
        "value": change(each.value, metric, lang),
        "low": change(each.low, metric, lang),
        "high": change(each.high, metric, lang),
    }


def revealed(page: Drawn) -> str:
    """What was drawn, told after the report; in a class the mentors tell it."""
    lang, truth = page.lang, truth_of(page.room)
    if page.room.member is not None:
        return note(told("second.mentors_tell", lang))
    if truth is None:
        return ""
    metric = METRICS[page.plan.measure.metric]
    drawn: Mapping[str, Any] = truth["plan"]
    lines = [
        told(f"effect.{truth['effect']}", lang),
        told("truth.difference", lang, difference=change(float(drawn["difference"]), metric, lang)),
        told("truth.power", lang, power=f"{100 * float(drawn['power']):.0f}"),
    ]
    return f"<h3>{told('truth.title', lang)}</h3>{listed(lines)}"


def log_html(page: Drawn) -> str:
    """What was sealed and when, and whatever is not as it was."""
    lang, expo = page.lang, page.expo
    rows = [
        (str(each.number), told(f"log.{each.kind}", lang), _at(each), f"<code>{each.code[:12]}</code>")
        for each in expo.log
    ]
    broken = [
        warning(told(f"broken.{each.code}", lang, number=each.number)) for each in faults_of(expo, page.room.clock())
    ]
    if not rows:
        return "".join(broken)
    head = [told(f"log.{each}", lang) for each in ("number", "what", "when", "code")]
    plan = latest(expo, PLAN)
    kept = f"<details><summary>{told('log.read', lang)}</summary>{page.sealed_all()}</details>" if plan else ""
    last = told("log.kept", lang, what=plain(f"log.{expo.log[-1].kind}", lang), at=_at(expo.log[-1]))
    return (
        f'{"".join(broken)}<details><summary>{last}</summary><div class="pg">{table(head, rows)}</div></details>{kept}'
    )


def _at(entry: Entry) -> str:
    try:
        return clock_text(entry.at)
    except ValueError:
        return escape(entry.at)
