"""What lessons 9 to 12 and 14 say about the data, each with its proof."""

from __future__ import annotations

from statistics import mean, pstdev
from typing import TYPE_CHECKING

from statement_room import Statement, said

if TYPE_CHECKING:
    from statement_room import Room, Row

ALONE: list[Statement] = []
INCIDENT = "TIMESTAMP '2025-12-18 20:00' AND TIMESTAMP '2025-12-19 20:00'"
REVIEW, LOSS = 2500, 15000
"""Yen for a review, and yen that a fraud found is worth."""


@said(ALONE, "L9-03", "some casts have eight talks, and rates of answers differ")
def rates_of_answers(room: Room) -> tuple[bool, str]:
    rates = [float(row["reply_rate_24h"]) for row in room.solution("L9-03")]
    return len(rates) > 1 and rates[0] < rates[-1], f"{len(rates)} casts, {rates[0]:.2f} to {rates[-1]:.2f}"


@said(ALONE, "L9-04", "days without a talk in Nagoya are missing, the closed day of June among them")
def missing_days(room: Room) -> tuple[bool, str]:
    empty = [row["business_date"].day for row in room.solution("L9-04") if row["talks"] == 0]
    return 10 in empty and len(room.starter("L9-04")) == 30 - len(empty), f"{len(empty)} empty days"


@said(ALONE, "L9-06", "the day a week after the closed one has no ratio")
def no_ratio(room: Room) -> tuple[bool, str]:
    blank = [row["business_date"].day for row in room.solution("L9-06") if row["ratio"] is None]
    return 17 in blank, f"no ratio on {blank}"


@said(ALONE, "L9-08", "each area has three casts with a talk in December, the query to mend gives three in all")
def three_per_area(room: Room) -> tuple[bool, str]:
    rows = room.solution("L9-08")
    return len({row["area_code"] for row in rows}) == 8 and len(room.starter("L9-08")) == 3, f"{len(rows)} rows"


@said(ALONE, "L9-09", "Fridays and Saturdays bring more money than the other days", least=1)
def fridays(room: Room) -> tuple[bool, str]:
    late, other = room.row(
        """WITH days AS (
          SELECT k.business_date, isodow(k.business_date) IN (5, 6) AS late, COALESCE(SUM(p.amount_yen), 0) AS yen
          FROM calendar AS k LEFT JOIN payments AS p
            ON CAST(p.paid_at_jst - INTERVAL 5 HOUR AS DATE) = k.business_date AND p.status = 'succeeded'
          WHERE k.business_date >= DATE '2025-01-01' GROUP BY ALL)
        SELECT AVG(yen) FILTER (late) AS late, AVG(yen) FILTER (NOT late) AS other FROM days"""
    ).values()
    return late > other, f"{late:,.0f} and {other:,.0f} yen a day of 2025"


@said(ALONE, "L9", "talks that begin by day wait longer than those that begin at night, and 9 o'clock has no row")
def waits_by_hour(room: Room) -> tuple[bool, str]:
    rows = {row["business_hour"]: row for row in room.solution("L9-10")}
    day, night = (
        mean(float(rows[hour]["median_min"]) for hour in hours if hour in rows)
        for hours in (range(10, 17), range(18, 29))
    )
    return day > 1.3 * night and 9 not in rows, f"medians {day:.1f} and {night:.1f} min"


@said(ALONE, "L9-10", "hours 22 and 23 answer as quickly as 19 to 21 by the median, and fewer of their talks", least=1)
def quick_and_unanswered(room: Room) -> tuple[bool, str]:
    rows = {row["business_hour"]: row for row in room.solution("L9-10")}

    def whole(hours: tuple[int, ...]) -> tuple[float, float]:
        there = [rows[hour] for hour in hours if hour in rows]
        return mean(float(row["median_min"]) for row in there), sum(row["replied"] for row in there) / sum(
            row["talks"] for row in there
        )

    (late, answered_late), (early, answered_early) = whole((22, 23)), whole((19, 20, 21))
    told = f"medians {late:.1f} and {early:.1f} min; answered {answered_late:.3f} and {answered_early:.3f}"
    return late <= early + 1 and answered_late < answered_early, told


@said(ALONE, "L9", "talks that were answered within ten minutes lead to a request more often", least=1)
def soon_answered(room: Room) -> tuple[bool, str]:
    soon, later = room.row(
        """WITH replied AS (SELECT t.talk_id, MIN(m.sent_at_utc) <= ANY_VALUE(t.opened_at_utc) + INTERVAL 10 MINUTE AS soon
            FROM talks AS t JOIN messages AS m ON m.talk_id = t.talk_id AND m.sender = 'cast'
            WHERE t.opened_at_utc < TIMESTAMP '2025-12-17 20:00' GROUP BY t.talk_id)
        SELECT AVG(CASE WHEN soon THEN asks END), AVG(CASE WHEN NOT soon THEN asks END)
        FROM (SELECT soon, CASE WHEN EXISTS (SELECT 1 FROM appointments AS a WHERE a.talk_id = r.talk_id) THEN 1.0 ELSE 0 END AS asks
              FROM replied AS r)"""
    ).values()
    return soon > later, f"{soon:.1%} and {later:.1%}"


@said(ALONE, "L9-11", "without a limit the first months seem to ask later than the last ones", least=1)
def slow_of_old(room: Room) -> tuple[bool, str]:
    old, new = room.row(
        """WITH f AS (SELECT t.guest_id, MIN(t.opened_at_utc) AS first_at FROM talks AS t JOIN guests AS g USING (guest_id)
            WHERE NOT g.is_test GROUP BY 1),
        d AS (SELECT f.first_at, MIN(a.requested_at_utc) - f.first_at AS waited FROM f
              JOIN appointments AS a ON a.guest_id = f.guest_id AND a.requested_at_utc >= f.first_at GROUP BY f.guest_id, f.first_at)
        SELECT EXTRACT(epoch FROM MEDIAN(waited) FILTER (first_at < TIMESTAMP '2024-06-30 20:00')) / 86400,
               EXTRACT(epoch FROM MEDIAN(waited) FILTER (first_at BETWEEN TIMESTAMP '2025-06-30 20:00' AND TIMESTAMP '2025-12-17 20:00')) / 86400
        FROM d"""
    ).values()
    return old > 1.5 * new, f"medians {old:.1f} and {new:.1f} days"


@said(ALONE, "L10-06", "on the left the rates scatter more than on the right", least=1)
def scatter(room: Room) -> tuple[bool, str]:
    rows = sorted(room.solution("L10-06"), key=lambda row: row["impressions"])
    left, right = (
        pstdev(float(row["click_rate"]) for row in part) for part in (rows[: len(rows) // 3], rows[-(len(rows) // 3) :])
    )
    return left > right, f"SD {left:.3f} and {right:.3f}"


@said(ALONE, "L10-10", "on 19 December Shinjuku has far fewer talks than on the two weeks' other days", least=1)
def nineteenth(room: Room) -> tuple[bool, str]:
    talks = {row["business_date"].day: row["talks"] for row in room.solution("L10-10")}
    usual = mean(count for day, count in talks.items() if day != 19)
    return talks[19] < 0.5 * usual, f"{talks[19]}, else {usual:.1f}"


@said(ALONE, "L11", "the rule beats popularity, and the model adds little to the rule; the places were nearly the same")
def rule_first(room: Room) -> tuple[bool, str]:
    popular, rule, model = room.example("L11", "by_model")
    rates = [float(each["click_rate"]) for each in (popular, rule, model)]
    places = [float(each["mean_position"]) for each in (popular, rule, model)]
    holds = rates[1] - rates[0] > rates[2] - rates[1] and rates[1] > rates[0] and max(places) - min(places) < 1
    return holds, f"{rates[0]:.3f}, {rates[1]:.3f}, {rates[2]:.3f}; mean places {places}"


@said(ALONE, "L11-02", "some bought lately, often and for much; so many bought once that thirds would part them")
def classes(room: Room) -> tuple[bool, str]:
    rows = room.solution("L11-02")
    best = sum(row["guests"] for row in rows if (row["r_class"], row["f_class"], row["m_class"]) == (3, 3, 3))
    once, buyers = (sum(row["guests"] for row in rows if row["f_class"] in which) for which in ({1}, {1, 2, 3}))
    return best > 0 and once > buyers / 3, f"{best} in 3, 3, 3; {once} of {buyers} bought once"


@said(ALONE, "L11", "the casts' spread supports a weight of 100 to 250", least=1)
def weight(room: Room) -> tuple[bool, str]:
    imps, clicks, squared_imps, squares, casts = room.row(
        """WITH per_cast AS (
          SELECT COUNT(*) AS n, SUM(CASE WHEN is_clicked THEN 1 ELSE 0 END) AS k
          FROM list_impressions JOIN guests USING (guest_id)
          WHERE screen = 'list' AND NOT is_test AND shown_at_utc >= TIMESTAMP '2025-09-30 20:00' GROUP BY cast_id),
        whole AS (SELECT SUM(k) / SUM(n) AS mu FROM per_cast)
        SELECT SUM(n), SUM(k), SUM(n * n), SUM(n * (k / n - mu) ** 2), COUNT(*) FROM per_cast CROSS JOIN whole"""
    ).values()
    mu = clicks / imps
    by_chance = (casts - 1) * mu * (1 - mu)
    between = (squares - by_chance) / (imps - squared_imps / imps)
    found = mu * (1 - mu) / between - 1
    return 100 <= found <= 250, f"{found:.0f}"


@said(ALONE, "L11", "under the popular order, too, higher places are clicked more")
def popular_places(room: Room) -> tuple[bool, str]:
    rates = [float(row["click_rate"]) for row in room.example("L11", "FROM lesson.list_by_popularity")]
    return rates[0] > rates[2] > rates[7], f"{rates[0]:.3f}, {rates[2]:.3f}, {rates[7]:.3f}"


@said(ALONE, "L11-06", "evened out by place, others come into the ten")
def evened_out(room: Room) -> tuple[bool, str]:
    before, after = ({row["cast_id"] for row in rows} for rows in (room.starter("L11-06"), room.solution("L11-06")))
    return len(after - before) > 0, f"{len(after - before)} of ten are new"


@said(ALONE, "L11-07", "the new rule brings some into the ten")
def comes_in(room: Room) -> tuple[bool, str]:
    old = [row["old_place"] for row in room.solution("L11-07")]
    return max(old) > 10, f"{sum(place > 10 for place in old)} of ten"


@said(ALONE, "L11-08", "the new rule did not concentrate the impressions")
def not_concentrated(room: Room) -> tuple[bool, str]:
    before, after = (float(row["top_tenth_share"]) for row in room.solution("L11-08"))
    return after < before + 0.02, f"{before:.3f}, then {after:.3f}"


@said(ALONE, "L11", "somebody is clicked often and hardly ever asked")
def clicked_not_asked(room: Room) -> tuple[bool, str]:
    rows = room.example("L11", "t.request_rate")
    rates, least = [float(row["request_rate"]) for row in rows], min(rows, key=lambda row: row["request_rate"])
    return min(rates) < 0.5 * mean(rates), f"{min(rates):.2f} of {least['talks']} talks, mean of ten {mean(rates):.2f}"


@said(ALONE, "L12", "for some guests the other user came after the scoring")
def came_later(room: Room) -> tuple[bool, str]:
    rows = room.example("L12", "AS other_seen_on")
    return len(rows) > 0, f"{len(rows)} shown"


@said(ALONE, "L12-01", "of the devices with two rows, some have one user")
def one_user(room: Room) -> tuple[bool, str]:
    two_rows = room.value("SELECT COUNT(*) FROM (SELECT 1 FROM guest_devices GROUP BY device_fp HAVING COUNT(*) >= 2)")
    shared = len(room.solution("L12-01"))
    return two_rows > shared > 0, f"{shared} shared of {two_rows}"


@said(ALONE, "L12-04", "with the unreviewed among them the false alarms are many more", least=1)
def false_alarms(room: Room) -> tuple[bool, str]:
    right = room.solution("L12-04")[0]
    wrong = room.value(
        "SELECT COUNT(CASE WHEN points >= 3 AND reviewed_label IS DISTINCT FROM 'fraud' THEN 1 END) AS found FROM lesson.scored"
    )
    return wrong > 1.5 * right["flagged_ok"], f"{wrong} for {right['flagged_ok']}"


def lines(room: Room) -> dict[int, Row]:
    """Threshold -> what lesson 12 finds for it."""
    return {row["threshold"]: row for row in room.solution("L12-06")}


@said(ALONE, "L12-06", "the lowest line finds no fewer than any other, and loses money")
def lowest_line(room: Room) -> tuple[bool, str]:
    found = lines(room)
    holds = found[1]["caught"] == max(row["caught"] for row in found.values()) and found[1]["net_yen"] < 0
    return holds, ", ".join(f"{line}: {found[line]['net_yen']:+,}" for line in sorted(found))


@said(ALONE, "L12", "from three points on a review pays, below it doesn't: fewer than one in six of each score")
def from_three_on(room: Room) -> tuple[bool, str]:
    low = {row["points"]: row for row in room.solution("L12-08") if row["points"] < 3 and row["reviewed"]}
    share = {points: row["fraud"] / row["reviewed"] for points, row in low.items()}
    net = lines(room)[3]["net_yen"]
    return net > 0 and max(share.values()) < REVIEW / LOSS, f"{net:+,} yen; " + ", ".join(
        f"{p}: {s:.3f}" for p, s in share.items()
    )


@said(ALONE, "L12-07", "the chargebacks raise the profit, and nothing is left of it once the leak is closed")
def leak(room: Room) -> tuple[bool, str]:
    leaking, mended, before = (
        room.starter("L12-07")[0]["net_yen"],
        room.solution("L12-07")[0]["net_yen"],
        lines(room)[4]["net_yen"],
    )
    return leaking > before and mended <= before, f"{before:+,}; with the leak {leaking:+,}; without {mended:+,}"


@said(ALONE, "L12", "chargebacks come after the scoring, their payments before it")
def after_scoring(room: Room) -> tuple[bool, str]:
    early = room.value(
        """SELECT COUNT(*) FROM payments AS p JOIN fraud_scores AS f ON f.guest_id = p.guest_id AND f.reviewed_label IS NOT NULL
        WHERE p.status = 'charged_back' AND (CAST(p.updated_at_jst - INTERVAL 5 HOUR AS DATE) <= f.scored_on
          OR CAST(p.paid_at_jst - INTERVAL 5 HOUR AS DATE) > f.scored_on)"""
    )
    return early == 0 and len(room.example("L12", "AS charged_on")) > 0, f"{early} otherwise"


@said(
    ALONE,
    "L12-08",
    "with the unreviewed as innocent three points seldom are fraud; each score's rate is lower, and low scores are reviewed less often",
    least=1,
)
def unreviewed(room: Room) -> tuple[bool, str]:
    wrong, right = room.starter("L12-08"), room.solution("L12-08")
    lower = all(
        w["fraud_rate"] <= r["fraud_rate"] for w, r in zip(wrong, right, strict=True) if r["fraud_rate"] is not None
    )
    low, high = (
        sum(row["reviewed"] for row in part) / sum(row["guests"] for row in part)
        for part in ([r for r in right if r["points"] < 3], [r for r in right if r["points"] >= 3])
    )
    seldom = next(float(row["fraud_rate"]) for row in wrong if row["points"] == 3)
    return lower and low < high and seldom < 0.25, f"reviewed {low:.0%} and {high:.0%}; {seldom:.2f} at 3 points"


@said(
    ALONE,
    "L12",
    "alone, the signs of 1 and 2 points are hardly ever fraud; among those who share a device they tell",
    least=1,
)
def signs_earn_their_points(room: Room) -> tuple[bool, str]:
    rows = {row["points"]: row for row in room.solution("L12-08")}
    alone, shared, more = (
        sum(rows[each]["fraud"] for each in which if each in rows)
        / sum(rows[each]["reviewed"] for each in which if each in rows)
        for which in ((1, 2), (3,), (4, 5, 6))
    )
    return alone < REVIEW / LOSS and more > 2 * shared, f"{alone:.3f}; {shared:.3f} at 3 points, {more:.3f} above"


@said(ALONE, "L12", "until now the reviews lost money")
def reviews_lost(room: Room) -> tuple[bool, str]:
    row = room.example("L12", "AS reviews")[0]
    return row["net_yen"] < 0, f"{row['caught']} of {row['reviews']}: {row['net_yen']:+,} yen"


@said(ALONE, "L14-02", "each pair of a day and an area has one row")
def pairs(room: Room) -> tuple[bool, str]:
    talks = [row["talks"] for row in room.solution("L14-02")]
    return len(talks) == 31 * 8, f"{talks.count(0)} of {len(talks)} without a talk"


@said(ALONE, "L14-04", "the predecessor's mart fails: pairs stand twice")
def mart_fails(room: Room) -> tuple[bool, str]:
    row = room.solution("L14-04")[0]
    return row["dup_keys"] > 0, str(tuple(map(str, row.values())))


@said(ALONE, "L14-06", "joined by the day alone, the sales come out eight times as high")
def eight_times(room: Room) -> tuple[bool, str]:
    wrong, right = (sum(row["sales_yen"] for row in rows) for rows in (room.starter("L14-06"), room.solution("L14-06")))
    return wrong == 8 * right, f"{wrong:,} and {right:,} yen"
