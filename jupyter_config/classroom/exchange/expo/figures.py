"""Figures of a plan's metric as people write them: shares in percent, money in yen, units as people or days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.exchange.expo.words import plain

if TYPE_CHECKING:
    from marketplace.secondmonth.metrics import Metric


def level(value: float, metric: Metric, lang: str) -> str:
    """A metric: a share in percent, a mean as a number, money in whole yen."""
    if metric.is_money:
        return plain("figure.yen", lang, yen=f"{value:,.0f}")
    return f"{value:.3g}" if metric.is_mean else f"{100 * value:.1f}%"


def change(value: float, metric: Metric, lang: str) -> str:
    """A difference of the metric: in points for a share."""
    if metric.is_money:
        return plain("figure.yen", lang, yen=f"{value:+,.0f}".replace("-", "−"))
    return (f"{value:+.3g}" if metric.is_mean else f"{100 * value:+.1f}pt").replace("-", "−")


def counted(number: float, group: str, lang: str) -> str:
    """So many of those who are split, by their group: guests and casts are people, days are days."""
    return plain("figure.days" if group == "days" else "figure.people", lang, number=f"{number:,.0f}")
