"""What a second month promises and keeps: how often the planned analysis finds each kind of effect, beside the power in the manifest.

    python bench/second_month.py --kinds
    python bench/second_month.py [--draws 100] [--scale 1] [--seed 1] [--metrics talk_14d,appointment_14d] [--groups existing,casts] [--months 3]

For each group, metric and effect the same month is drawn so often, each time with another seed of the plan, and the planned analysis
(a two-sided test at 5 % of all who were assigned) is made on what came about. `found` counts significant differences of the right
sign, `wrong` those of the other; `promised` is the sum of the powers, and `z` how far the significant ones lie from it. `off split`
counts draws in which the arms' sizes would be called a sample-ratio mismatch at 1 %; about one in a hundred is chance. `within` counts
draws whose 95 % interval holds the difference that was drawn. A hundred draws are off what is promised by 3 or more in one line of three, by
chance alone, and by 6 in one of twenty. `--kinds` takes the groups and metrics of an Expo's kinds of measures.
"""

from __future__ import annotations

import argparse
import tomllib
from itertools import product
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING

from classroom.learner.expo.facts import Arm, GroupDifference
from marketplace import Settings
from marketplace.secondmonth import GROUPS, Plan
from marketplace.secondmonth.month import quiet_month, with_measure
from marketplace.secondmonth.plan import EFFECTS
from marketplace.secondmonth.power import differs
from marketplace.secondmonth.traces import traces_of

if TYPE_CHECKING:
    from marketplace.secondmonth.month import SecondMonth
    from marketplace.secondmonth.traces import Traces
    from marketplace.world import World

_MISMATCH = 6.635
"""The 99 % quantile of chi squared with one degree of freedom."""


def main() -> None:
    """Print a line for each group, metric and effect."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=100)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--metrics", default="talk_14d,appointment_14d")
    parser.add_argument("--groups", default=",".join(GROUPS))
    parser.add_argument("--effects", default=",".join(EFFECTS))
    parser.add_argument("--months", type=int, default=1)
    parser.add_argument("--kinds", action="store_true")
    options = parser.parse_args()
    quiet = quiet_month(Settings(scale=options.scale, seed=options.seed), options.months)
    print(
        f"{'group':11}{'metric':23}{'effect':9}{'units':>7}{'found':>7}{'wrong':>7}{'promised':>10}{'z':>6}{'off split':>11}{'within':>8}"
    )
    pairs = product(options.groups.split(","), options.metrics.split(","))
    for group, metric in kinds() if options.kinds else pairs:
        for effect in options.effects.split(","):
            print(line(quiet, group, metric, effect, options.draws, options.months), flush=True)


def kinds() -> tuple[tuple[str, str], ...]:
    """Return group and metric of each kind of measure, those that several kinds share once."""
    read = tomllib.loads((Path(__file__).parents[1] / "course/expo/kinds.toml").read_text(encoding="utf-8"))
    return tuple(dict.fromkeys((each["group"], each["metric"]) for each in read["kinds"]))


def line(quiet: tuple[World, Traces], group: str, metric: str, effect: str, draws: int, months: int) -> str:
    """Return what became of so many draws."""
    units = found = wrong = off = within = 0
    promised = variance = 0.0
    area = "SHINJUKU" if group == "area" else ""
    for seed in range(1, draws + 1):
        plan = Plan(group, effect, metric, seed, 50, area, months=months)
        month = with_measure(*quiet, plan, lambda _, belongs: belongs)
        units, power = month.effect.target.units, month.effect.target.power
        promised += power
        variance += power * (1 - power)
        sign, mismatch, holds = analysed(month)
        within += holds
        right = -1 if effect == "harmful" else 1
        found += sign == right
        wrong += sign == -right
        off += mismatch
    z = (found + wrong - promised) / sqrt(variance) if variance else 0.0
    return (
        f"{group:11}{metric:23}{effect:9}{units:>7}{found:>7}{wrong:>7}{promised:>10.1f}{z:>6.1f}{off:>11}{within:>8}"
    )


def analysed(month: SecondMonth) -> tuple[int, bool, bool]:
    """Return the sign of a significant difference (0: none), whether the arms' sizes are off, and whether the interval holds the truth."""
    traces, units, metric = traces_of(month.world), month.units, month.plan.metric
    values = units.values(getattr(traces, metric.counted.trace))
    arms = [values[units.is_counted & (units.is_treated == treated)] for treated in (False, True)]
    sizes = [len(arm) for arm in arms]
    sums = int(arms[0].sum()), int(arms[1].sum())
    squares = int((arms[0] ** 2).sum()), int((arms[1] ** 2).sum())
    found = GroupDifference(*map(Arm, sizes, sums, squares))
    holds = found.low <= month.effect.target.difference <= found.high
    mismatch = (sizes[1] - sizes[0]) ** 2 / sum(sizes) > _MISMATCH
    if not differs(sizes[0], sizes[1], sums, squares if metric.is_mean else None):
        return 0, mismatch, holds
    return (1 if sums[1] / sizes[1] > sums[0] / sizes[0] else -1), mismatch, holds


if __name__ == "__main__":
    main()
