"""%metrics: how the course's or the company's metrics are defined, whose they are, and the query that computes each."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.learner.panel.notices import notice
from classroom.messages import say
from classroom.session.display import Display, page
from coursebook.messages import LANGUAGES
from coursebook.metrics import load_metrics, told_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from classroom.learner.state.desk import Desk
    from coursebook.metrics import MetricRecord


def show_metrics(desk: Desk, asked: str) -> Display:
    """All metrics, folded, or those whose name or texts hold the words asked for."""
    metrics, lang = load_metrics(desk.marker.course.root).metrics, desk.lang
    title = say("metrics.title", lang)
    if not metrics:
        return notice(title, say("metrics.no_dictionary", lang))
    found = _found(metrics, asked)
    if not found:
        return notice(title, say("metrics.unknown", lang, asked=asked))
    opened = len(found) == 1
    html = "".join(_folded(each, lang, opened=opened) for each in found)
    plain = "\n".join(_plain(each, lang, whole=opened) for each in found)
    return page(f'<div class="pg-group">{html}</div>', plain)


def _found(metrics: Sequence[MetricRecord], asked: str) -> list[MetricRecord]:
    """Those of that id or name alone, else those in which the words stand."""
    wanted = asked.strip().casefold()
    named = [each for each in metrics if wanted in (each.id, *(each.name[lang].casefold() for lang in LANGUAGES))]
    return named or [each for each in metrics if wanted in _words(each)]


def _words(metric: MetricRecord) -> str:
    told = (text for lang in LANGUAGES for _, text in told_of(metric, lang))
    return "\n".join((metric.id, metric.name.ja, metric.name.en, *told)).casefold()


def _folded(metric: MetricRecord, lang: str, *, opened: bool) -> str:
    rows = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in told_of(metric, lang))
    return (
        f"<details{' open' if opened else ''}><summary><b>{escape(metric.name[lang])}</b>"
        f" <small>{escape(metric.grain[lang])}</small></summary>"
        f"<dl>{rows}</dl><pre>{escape(metric.sql.strip())}</pre></details>"
    )


def _plain(metric: MetricRecord, lang: str, *, whole: bool) -> str:
    head = f"{metric.id}  {metric.name[lang]}"
    if not whole:
        return head
    return "\n".join([head, *(f"{label}: {text}" for label, text in told_of(metric, lang)), metric.sql.strip()])
