"""The KPI tree: sales and their factors, and the way of a new guest, with the numbers of the learner's own queries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

ROOT = "sales_yen"
FACTORS = ("puu", "purchases_per_guest", "yen_per_purchase")
STAGES = ("registered", "talked", "replied", "requested", "completed", "paid")
RATE = "breakthrough_rate"
NODES = (ROOT, *FACTORS, *STAGES, RATE)
"""Names of the nodes: columns of a result, or values of its column `node` or `stage`."""

Say = Callable[[str], str]
"""The sentence of a code among the messages of classroom.learner.charts, in the learner's language."""

_NAME_COLUMNS, _VALUE_COLUMNS = ("node", "stage"), ("value", "guests")
_CLOSE = 0.005  # factors rounded to two decimals still count as agreeing
_WIDTH, _BOX, _HIGH = 880, 128, 46
_TEXT, _LINE = "var(--jp-content-font-color1, #222)", "var(--jp-border-color1, #999)"
_PAPER, _WEAK = "var(--jp-layout-color1, #fff)", "#d55e00"


@dataclass(frozen=True)
class Conversion:
    """One step of the way: from a stage to the next, and the share that takes it."""

    stage: str
    """The stage reached."""
    rate: float
    """Guests there as a share of the stage before."""


def gather_nodes(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> dict[str, float]:
    """The values of the nodes in a result: one a row beside its name, or columns called as nodes (the last row counts)."""
    folded = [each.casefold() for each in columns]
    name_at = next((folded.index(each) for each in _NAME_COLUMNS if each in folded), None)
    value_at = next((folded.index(each) for each in _VALUE_COLUMNS if each in folded), None)
    if name_at is not None and value_at is not None:
        pairs = [(str(row[name_at]).strip().casefold(), row[value_at]) for row in rows]
    else:
        pairs = list(zip(folded, rows[-1], strict=True)) if rows else []
    found = {name: _number(value) for name, value in pairs if name in NODES}
    return {name: value for name, value in found.items() if value is not None}


def conversions(values: Mapping[str, float]) -> tuple[Conversion, ...]:
    """The steps between stages whose numbers are both known."""
    return tuple(
        Conversion(after, values[after] / values[before])
        for before, after in pairwise(STAGES)
        if after in values and values.get(before)
    )


def weakest(values: Mapping[str, float]) -> str | None:
    """The stage that the smallest share reaches; None where fewer than two steps are known."""
    steps = conversions(values)
    return min(steps, key=lambda each: each.rate).stage if len(steps) > 1 else None


def product_agrees(values: Mapping[str, float]) -> bool | None:
    """Whether the factors multiply to the sales; None where one is missing."""
    if any(name not in values for name in (ROOT, *FACTORS)):
        return None
    product = 1.0
    for name in FACTORS:
        product *= values[name]
    return abs(product - values[ROOT]) <= _CLOSE * max(abs(values[ROOT]), 1.0)


def tell_tree(values: Mapping[str, float], say: Say) -> str:
    """The tree in plain text, indented."""
    lines = [f"{_title(ROOT, say)}: {_shown(ROOT, values)}", *_remark(values, say)]
    lines += [f"  {_title(name, say)}: {_shown(name, values)}" for name in FACTORS]
    rates = {each.stage: f"  ({each.rate:.1%})" for each in conversions(values)}
    lines.append(f"  {say('kpi_way')}")
    for name in STAGES:
        mark = f"  ← {say('kpi_weakest')}" if name == weakest(values) else ""
        lines.append(f"    {_title(name, say)}: {_shown(name, values)}{rates.get(name, '')}{mark}")
    note = f"  ({say('kpi_rate_note')})" if RATE in values else ""
    lines.append(f"    {_title(RATE, say)}: {_shown(RATE, values)}{note}")
    return "\n".join(lines)


def draw_tree(values: Mapping[str, float], say: Say) -> str:
    """The tree as an SVG picture; what is not known yet stands as a dash in a broken box."""
    middle = _WIDTH / 2
    factor_x = [middle + (place - 1) * 220 for place in range(len(FACTORS))]
    stage_x = [_BOX / 2 + 4 + place * (_WIDTH - _BOX - 8) / (len(STAGES) - 1) for place in range(len(STAGES))]
    parts = [_line(middle, 50, middle, 70), _line(factor_x[0], 70, factor_x[-1], 70)]
    parts += [_line(x, 70, x, 86) for x in factor_x]
    parts += [_box(ROOT, middle, 4, values, say)]
    parts += [_words(middle + _BOX / 2 + 12, 32, text, anchor="start") for text in _remark(values, say)]
    parts += [_box(name, x, 86, values, say) for name, x in zip(FACTORS, factor_x, strict=True)]
    parts += [_words((one + other) / 2, 114, "×", size=16) for one, other in pairwise(factor_x)]
    parts += [_line(factor_x[0], 132, factor_x[0], 152, broken=True), _line(4, 152, _WIDTH - 4, 152, broken=True)]
    parts += [_words(4, 170, say("kpi_way"), anchor="start")]
    parts += [_box(name, x, 206, values, say) for name, x in zip(STAGES, stage_x, strict=True)]
    parts += _steps(values, stage_x, say)
    parts += _bracket(values, stage_x[STAGES.index("talked")], stage_x[STAGES.index("requested")], say)
    name = escape(say("kpi_title"), quote=True)
    return (
        f'<svg role="img" aria-label="{name}" viewBox="0 0 {_WIDTH} 322" width="{_WIDTH}" style="max-width:100%" '
        f'font-family="inherit">{"".join(parts)}</svg>'
    )


def _steps(values: Mapping[str, float], stage_x: Sequence[float], say: Say) -> list[str]:
    parts, weak = [], weakest(values)
    rates = {each.stage: each.rate for each in conversions(values)}
    for (before, after), name in zip(pairwise(stage_x), STAGES[1:], strict=True):
        parts.append(_line(before + _BOX / 2, 229, after - _BOX / 2, 229))
        if name in rates:
            is_weak = name == weak
            shown = f"{rates[name]:.1%}" + (f" {say('kpi_weakest')}" if is_weak else "")
            parts.append(_words((before + after) / 2, 198, shown, colour=_WEAK if is_weak else _TEXT, bold=is_weak))
    return parts


def _bracket(values: Mapping[str, float], left: float, right: float, say: Say) -> list[str]:
    legs = [_line(left, 252, left, 266), _line(left, 266, right, 266), _line(right, 252, right, 266)]
    middle = (left + right) / 2
    note = [_words(middle + _BOX / 2 + 12, 300, say("kpi_rate_note"), anchor="start")] if RATE in values else []
    return [*legs, _box(RATE, middle, 272, values, say), *note]


def _box(name: str, middle: float, top: float, values: Mapping[str, float], say: Say) -> str:
    dashes = "" if name in values else ' stroke-dasharray="4 3"'
    frame = (
        f'<rect x="{middle - _BOX / 2:g}" y="{top:g}" width="{_BOX}" height="{_HIGH}" rx="5" fill="{_PAPER}" '
        f'stroke="{_LINE}"{dashes}/>'
    )
    title = _words(middle, top + 18, _title(name, say), size=11.5)
    return frame + title + _words(middle, top + 37, _shown(name, values), size=15, bold=True)


def _words(
    x: float, y: float, text: str, *, size: float = 12, anchor: str = "middle", colour: str = _TEXT, bold: bool = False
) -> str:
    weight = ' font-weight="700"' if bold else ""
    place = f'x="{x:g}" y="{y:g}" font-size="{size:g}" text-anchor="{anchor}"'
    return f'<text {place} fill="{colour}"{weight}>{escape(text)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, *, broken: bool = False) -> str:
    dashes = ' stroke-dasharray="4 3"' if broken else ""
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{_LINE}"{dashes}/>'


def _remark(values: Mapping[str, float], say: Say) -> list[str]:
    agrees = product_agrees(values)
    return [] if agrees is None else [say("kpi_product_right" if agrees else "kpi_product_off")]


def _title(name: str, say: Say) -> str:
    return say(f"kpi_node_{name}")


def _shown(name: str, values: Mapping[str, float]) -> str:
    if name not in values:
        return "–"
    value = values[name]
    if name == RATE:
        return f"{value:.1%}"
    if name in (ROOT, "yen_per_purchase"):
        return f"¥{value:,.0f}"
    return f"{value:.2f}" if name == "purchases_per_guest" else f"{value:,.0f}"


def _number(value: object) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None
