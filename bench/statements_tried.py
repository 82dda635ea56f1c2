"""What lesson 13 says about the data, each with its proof."""

from __future__ import annotations

from itertools import pairwise
from math import exp, sqrt
from typing import TYPE_CHECKING, Any

from statement_room import Statement, said

if TYPE_CHECKING:
    from statement_room import Room

TRIED: list[Statement] = []


@said(TRIED, "L13-02", "experiment 3 is off the plan, the others are not, and it lies with the advertised channels")
def off_the_plan(room: Room) -> tuple[bool, str]:
    z = {row["experiment_id"]: float(row["z"]) for row in room.solution("L13-02")}
    low = {row["channel"]: float(row["treated_pct"]) for row in room.example("L13", "AS treated_pct")}
    holds = z[3] < -3 and max(abs(z[each]) for each in (1, 2, 4)) < CHANCE and max(low["search_ad"], low["sns_ad"]) < 50
    return holds, f"z {z}; search_ad {low['search_ad']} %, sns_ad {low['sns_ad']} %"


@said(TRIED, "L13-04", "one-sided, the difference is greater than between all who were assigned")
def one_sided(room: Room) -> tuple[bool, str]:
    wrong, right = (float(rows[0]["diff"]) for rows in (room.starter("L13-04"), room.solution("L13-04")))
    return wrong > right, f"{wrong:+.3f} and {right:+.3f}"


CHANCE = 3.5
"""So many standard errors from what was planted a sample lies by chance in one of two thousand data sets."""


def interval(low: dict[str, Any], high: dict[str, Any]) -> tuple[float, float, float]:
    """The difference of two rates and its 95 % interval; each has n and p."""
    half = 1.96 * sqrt(sum(arm["p"] * (1 - arm["p"]) / arm["n"] for arm in (low, high)))
    diff = high["p"] - low["p"]
    return diff, diff - half, diff + half


@said(TRIED, "L13", "those who didn't come differ by chance alone, and talk less than those who came", least=1)
def who_came(room: Room) -> tuple[bool, str]:
    arms = {
        (row["came"], row["variant"]): {"n": row["guests"], "p": float(row["talk_rate"])}
        for row in room.example("L13", "AS came")
    }
    (yes, low, _), (no, below, above) = (
        interval(arms[came, "control"], arms[came, "treatment"]) for came in ("yes", "no")
    )
    wide = (above - below) / 2 * CHANCE / 1.96
    less = arms["no", "control"]["p"] < arms["yes", "control"]["p"]
    return abs(no) <= wide and less, f"{yes:+.3f} from {low:+.3f}; {no:+.3f}, {below:+.3f} to {above:+.3f}"


@said(TRIED, "L13-05", "experiment 2 differs by what was planted, as far as its interval tells")
def as_much_as_planted(room: Room) -> tuple[bool, str]:
    row = room.solution("L13-05")[0]
    came = {(each["came"], each["variant"]): each for each in room.example("L13", "AS came")}["yes", "control"]
    moved = room.planted["experiments"][1]["moved_per_mille_of_those_who_come"]["all"] / 1000
    planted = moved * came["guests"] * (1 - float(came["talk_rate"])) / row["n_control"]
    wide = float(row["ci_high"] - row["ci_low"]) / 2 * CHANCE / 1.96
    told = f"{row['diff']:+.3f}, {row['ci_low']:+.3f} to {row['ci_high']:+.3f}; planted {planted:+.3f}"
    return abs(float(row["diff"]) - planted) <= wide, told


@said(TRIED, "L13-07", "experiment 1 differs by chance alone")
def nothing_to_see(room: Room) -> tuple[bool, str]:
    control, treatment = ({"n": row["assigned"], "p": float(row["ask_rate"])} for row in room.solution("L13-07"))
    diff, low, high = interval(control, treatment)
    return abs(diff) <= (high - low) / 2 * CHANCE / 1.96, f"{diff:+.3f}, {low:+.3f} to {high:+.3f}"


ROUNDED = 0.0002
"""By so much rates of four decimals, and what is worked out of them, may lie off."""


@said(
    TRIED,
    "L13-08",
    "together the difference is smaller than within the segments, weighted, and Tokyo's rates are the higher ones",
    least=1,
)
def simpson(room: Room) -> tuple[bool, str]:
    elsewhere, tokyo = room.solution("L13-08")
    pooled = [
        sum(row[f"n_{arm}"] * float(row[f"rate_{arm}"]) for row in (elsewhere, tokyo))
        / (elsewhere[f"n_{arm}"] + tokyo[f"n_{arm}"])
        for arm in ("control", "treatment")
    ]
    many = [row["n_control"] + row["n_treatment"] for row in (elsewhere, tokyo)]
    weighted = sum(n * float(row["diff"]) for n, row in zip(many, (elsewhere, tokyo), strict=True)) / sum(many)
    shown = room.example("L13", "AS weighted_diff")[0]
    holds = weighted > pooled[1] - pooled[0] and tokyo["rate_control"] > elsewhere["rate_control"]
    holds = holds and abs(float(shown["weighted_diff"]) - weighted) < ROUNDED
    told = f"{elsewhere['diff']:+.3f}, Tokyo {tokyo['diff']:+.3f}, weighted {weighted:+.3f} ± {shown['half_width']:.3f}, together {pooled[1] - pooled[0]:+.3f}"
    return holds, told


@said(TRIED, "L13", "the groups' sizes and outcomes are those that the answer key has of the sample")
def as_planted(room: Room) -> tuple[bool, str]:
    planted = {
        each["experiment_id"]: tuple(
            each[arm][key] for key in ("guests", "reached") for arm in ("control", "treatment")
        )
        for each in room.planted["experiments"]
    }
    found = {
        1: tuple(row[key] for key in ("assigned", "asked_guests") for row in room.solution("L13-07")),
        2: tuple(row[key] for key in ("assigned", "talked") for row in room.solution("L13-03")),
        4: tuple(sum(row[f"n_{arm}"] for row in room.solution("L13-08")) for arm in ("control", "treatment")),
    }
    return all(planted[each][: len(counts)] == counts for each, counts in found.items()), str(found)


@said(TRIED, "L13-09", "each campaign brought buyers, and the costs add up to those of the campaigns")
def campaigns(room: Room) -> tuple[bool, str]:
    rows = room.solution("L13-09")
    whole = room.value("SELECT SUM(cost_yen) FROM campaigns WHERE aim = 'registration'")
    ended = room.value("SELECT MAX(ends_on) FROM campaigns WHERE aim = 'registration'")
    return sum(row["cost_yen"] for row in rows) == whole and str(ended) <= "2025-11-30", ", ".join(
        str(row["yen_per_puu"]) for row in rows
    )


@said(
    TRIED,
    "L13-09",
    "no campaign earns its cost back in 30 days, and of those next to each other in cost some margins overlap",
    least=1,
)
def no_cost_is_back(room: Room) -> tuple[bool, str]:
    known = sorted((float(row["yen_per_puu"]), row["puu_30d"]) for row in room.solution("L13-09"))
    overlap = sum(b < a * exp(1.96 * sqrt(1 / n + 1 / m)) for (a, n), (b, m) in pairwise(known))
    most = room.value(
        """WITH earned AS (
          SELECT c.campaign_id, c.cost_yen, SUM(p.amount_yen) AS yen
          FROM campaigns AS c
          JOIN guests AS g ON g.acquisition_channel = c.channel AND NOT g.is_test
           AND CAST(g.registered_at_utc + INTERVAL 4 HOUR AS DATE) BETWEEN c.starts_on AND c.ends_on
          JOIN payments AS p ON p.guest_id = g.guest_id AND p.kind = 'purchase' AND p.status = 'succeeded'
           AND p.paid_at_jst < g.registered_at_utc + INTERVAL 9 HOUR + INTERVAL 30 DAY
          WHERE c.aim = 'registration' GROUP BY ALL)
        SELECT MAX(yen / cost_yen) FROM earned"""
    )
    return float(
        most
    ) < 1 and overlap > 0, f"at most {float(most):.0%} of the cost; {overlap} of {len(known) - 1} overlap"


@said(TRIED, "L13", "the gap between the casts who asked least and most in the first half is smaller in the second")
def nearer_to_the_mean(room: Room) -> tuple[bool, str]:
    rows = room.example("L13", "AS second_half")
    first, second = (float(rows[-1][half]) - float(rows[0][half]) for half in ("first_half", "second_half"))
    return len(rows) == QUARTERS and second < first, f"{first:.3f}, then {second:.3f}"


QUARTERS = 4


@said(
    TRIED,
    "L13-12",
    "Shibuya rose more than the other areas, and the interval says so; some talks have two requests, and per talk they rose, too",
    least=1,
)
def one_area(room: Room) -> tuple[bool, str]:
    row = room.solution("L13-12")[0]
    per_talk = [
        float(each)
        for each in room.row(
            """WITH seen AS (
              SELECT c.area_code = 'SHIBUYA' AS shibuya, t.opened_at_utc >= TIMESTAMP '2025-05-31 20:00' AS during,
                     (SELECT COUNT(*) FROM appointments AS a WHERE a.talk_id = t.talk_id) AS requests
              FROM talks AS t
              JOIN casts AS c ON c.cast_id = t.cast_id AND NOT c.is_test
              JOIN guests AS g ON g.guest_id = t.guest_id AND NOT g.is_test
              WHERE t.opened_at_utc >= TIMESTAMP '2025-01-31 20:00' AND t.opened_at_utc < TIMESTAMP '2025-09-30 20:00')
            SELECT AVG(requests) FILTER (shibuya AND during) - AVG(requests) FILTER (shibuya AND NOT during) AS shibuya,
                   AVG(requests) FILTER (NOT shibuya AND during) - AVG(requests) FILTER (NOT shibuya AND NOT during) AS others,
                   MAX(requests) AS most
            FROM seen"""
        ).values()
    ]
    told = f"{row['shibuya_change']:+.3f} and {row['others_change']:+.3f}; {row['diff_in_diff']:+.3f}, {row['ci_low']:+.3f} to {row['ci_high']:+.3f}"
    told += f"; requests per talk {per_talk[0] - per_talk[1]:+.3f}, at most {per_talk[2]:.0f} a talk"
    return row["ci_low"] > 0 and per_talk[0] > per_talk[1] and per_talk[2] > 1, told
