"""What lessons 5 to 8 say about the data, each with its proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statement_room import Statement, said

if TYPE_CHECKING:
    from statement_room import Room

CONNECT: list[Statement] = []


@said(CONNECT, "L5", "one guest's payments stand among the first rows more than once")
def pays_more_than_once(room: Room) -> tuple[bool, str]:
    guests = [row["guest_id"] for row in room.example("L5", "status = 'succeeded' ORDER")]
    return len(set(guests)) < len(guests), f"{len(set(guests))} guests in {len(guests)} rows"


@said(CONNECT, "L5", "some cancellations have no reason")
def no_reason(room: Room) -> tuple[bool, str]:
    counts = {row["cancel_reason"]: row["count_star()"] for row in room.example("L5", "GROUP BY cancel_reason")}
    return counts.get(None, 0) > 0, f"{counts.get(None, 0)} of {sum(counts.values())}"


@said(CONNECT, "L5-03", "by UTC date the figures look almost right: few register between 5 and 9 o'clock, but some do")
def almost_right(room: Room) -> tuple[bool, str]:
    share = room.value(
        """SELECT AVG(CASE WHEN EXTRACT(hour FROM registered_at_utc + INTERVAL 9 HOUR) BETWEEN 5 AND 8 THEN 1.0 ELSE 0 END)
        FROM guests WHERE NOT is_test AND registered_at_utc >= TIMESTAMP '2025-11-30 20:00'"""
    )
    return 0 < share < 0.35, f"{share:.1%} of December's"


@said(CONNECT, "L5-05", "the last evening of the year brought money that the wrong period leaves out")
def last_evening(room: Room) -> tuple[bool, str]:
    wrong, right = room.starter("L5-05")[0]["sales_yen"], room.solution("L5-05")[0]["sales_yen"]
    return wrong < right, f"{wrong:,} and {right:,} yen"


@said(CONNECT, "L5-06", "the weeks' buyers add up to more than the buyers of the twelve weeks")
def weeks_do_not_add_up(room: Room) -> tuple[bool, str]:
    weeks = sum(row["puu"] for row in room.solution("L5-06"))
    whole = room.value(
        """SELECT COUNT(DISTINCT guest_id) FROM payments WHERE kind = 'purchase' AND status = 'succeeded'
        AND paid_at_jst >= TIMESTAMP '2025-10-06 05:00' AND paid_at_jst < TIMESTAMP '2025-12-29 05:00'"""
    )
    return weeks > whole, f"{weeks} and {whole}"


@said(CONNECT, "L5-08", "talks make one hill at night, and few begin before noon", least=1)
def one_hill(room: Room) -> tuple[bool, str]:
    talks = {row["business_hour"]: row["talks"] for row in room.solution("L5-08")}
    peak = max(talks, key=lambda hour: talks[hour])
    night, morning = (sum(talks.get(hour, 0) for hour in hours) for hours in (range(19, 29), range(5, 12)))
    return 20 <= peak <= 27 and night > 5 * morning, f"peak at {peak}, {night} from 19 o'clock, {morning} before noon"


@said(CONNECT, "L6", "a join of appointments with talks by their own numbers ties other guests together")
def other_guests(room: Room) -> tuple[bool, str]:
    rows = room.example("L6", "t.talk_id = a.appointment_id")
    return any(row["guest_id"] != row["joined_guest_id"] for row in rows), f"{len(rows)} rows"


@said(CONNECT, "L6-03", "some casts bear the same name")
def same_names(room: Room) -> tuple[bool, str]:
    casts, names = room.row("SELECT COUNT(*), COUNT(DISTINCT display_name) FROM casts").values()
    return names < casts, f"{names} names of {casts}"


@said(CONNECT, "L6-07", "some of the week's guests have met, some have not, and the wrong query loses the latter")
def lost_zeros(room: Room) -> tuple[bool, str]:
    met = [row["completed_count"] for row in room.solution("L6-07")]
    return 0 < met.count(0) < len(met) and len(room.starter("L6-07")) < len(met), f"{met.count(0)} of {len(met)} at 0"


@said(CONNECT, "L6-08", "Shibuya has active casts with and without a meeting in December")
def casts_at_zero(room: Room) -> tuple[bool, str]:
    met = [row["completed_count"] for row in room.solution("L6-08")]
    return met[-1] == 0 < met[0], f"{met.count(0)} of {len(met)} at 0, at most {met[0]}"


@said(CONNECT, "L7", "the channels' sales are far above what the payments add up to")
def far_above(room: Room) -> tuple[bool, str]:
    wrong, right = (
        sum(row["sales_yen"] or 0 for row in rows) for rows in (room.starter("L7-05"), room.solution("L7-05"))
    )
    return wrong > 1.5 * right, f"{wrong / right:.1f} times as much"


@said(CONNECT, "L7-06", "the channels' sales add up to those straight from the payments, and the difference is 0")
def adds_up(room: Room) -> tuple[bool, str]:
    parts, whole = sum(row["sales_yen"] for row in room.solution("L7-05")), room.solution("L7-06")[0]["sales_yen"]
    return parts == whole and room.solution("L7-10")[0]["diff_yen"] == 0, f"{parts:,} and {whole:,} yen"


@said(CONNECT, "L7-08", "with DISTINCT there is too little, not too much")
def too_little(room: Room) -> tuple[bool, str]:
    wrong, right = (sum(row["sales_yen"] for row in rows) for rows in (room.starter("L7-08"), room.solution("L7-08")))
    return wrong < right, f"{wrong:,} and {right:,} yen"


@said(CONNECT, "L8-02", "the three leaves multiply to the sales")
def leaves_multiply(room: Room) -> tuple[bool, str]:
    puu, each, yen, sales = room.solution("L8-02")[0].values()
    return abs(puu * each * yen - sales) < 1, f"{puu} × {each:.2f} × {yen:,.0f} = {sales:,}"


@said(CONNECT, "L8-04", "no stage has more guests than the one before, and one stage keeps fewest")
def funnel(room: Room) -> tuple[bool, str]:
    guests = [row["guests"] for row in room.solution("L8-04")]
    rates = [row["conversion_rate"] for row in room.solution("L8-04")[1:]]
    return guests == sorted(guests, reverse=True) and rates.count(min(rates)) == 1, " → ".join(map(str, guests))


@said(CONNECT, "L8-07", "a channel's rate is above 1 before it is mended")
def above_one(room: Room) -> tuple[bool, str]:
    rates = [float(row["appo_rate"]) for row in room.starter("L8-07")]
    return max(
        rates
    ) > 1, f"{max(rates):.2f} at most, {max(row['appo_rate'] for row in room.solution('L8-07')):.2f} once mended"


@said(
    CONNECT,
    "L8-08",
    "the newest weeks fall without the guests who were not watched long enough, and the last holds few",
    least=1,
)
def newest_weeks(room: Room) -> tuple[bool, str]:
    wrong, right = room.starter("L8-08"), room.solution("L8-08")
    early = [float(row["appo_rate"]) for row in wrong[:6]]
    late = sum(float(row["appo_rate"]) for row in wrong[-2:]) / 2
    few = right[-1]["registered_guests"] < wrong[-3]["registered_guests"]
    return late < 0.7 * sum(
        early
    ) / 6 and few, f"{sum(early) / 6:.3f}, then {late:.3f}; {right[-1]['registered_guests']} in the last week"


@said(CONNECT, "L8-10", "the effects add up to the difference", least=1)
def mix_and_rate(room: Room) -> tuple[bool, str]:
    rows = room.solution("L8-10")
    effects = sum(row["mix_effect"] + row["rate_effect"] for row in rows)
    difference = room.value(
        """WITH c AS (SELECT date_trunc('month', registered_at_utc + INTERVAL 4 HOUR) AS month,
            CASE WHEN EXISTS (SELECT 1 FROM talks AS t WHERE t.guest_id = g.guest_id
                              AND t.opened_at_utc < g.registered_at_utc + INTERVAL 14 DAY) THEN 1.0 ELSE 0 END AS talked
            FROM guests AS g WHERE NOT is_test)
        SELECT AVG(talked) FILTER (month = '2025-11-01') - AVG(talked) FILTER (month = '2025-10-01') FROM c"""
    )
    return len(rows) == 6 and abs(effects - difference) < 1e-9, f"{len(rows)} channels, {difference:+.3f}"


@said(CONNECT, "L9", "52 weeks (364 days) back is the same weekday, the same date a year before never is")
def same_weekday_a_year_before(room: Room) -> tuple[bool, str]:
    row = room.row(
        """SELECT COUNT(*) AS days, COUNT(CASE WHEN b.dow_iso = a.dow_iso THEN 1 END) AS weeks_back,
            COUNT(CASE WHEN c.dow_iso = a.dow_iso THEN 1 END) AS date_back
        FROM calendar AS a
        JOIN calendar AS b ON b.business_date = a.business_date - INTERVAL 364 DAY
        JOIN calendar AS c ON c.business_date = a.business_date - INTERVAL 1 YEAR
        WHERE year(a.business_date) = 2025"""
    )
    return row["days"] == row["weeks_back"] > 0 == row[
        "date_back"
    ], f"{row['weeks_back']} of {row['days']} days; {row['date_back']} by the date"
