"""What lessons 1 to 4 say about the data, each with its proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statement_room import Statement, said

if TYPE_CHECKING:
    from statement_room import Room

LOOK: list[Statement] = []


@said(LOOK, "L1", "the first rows of a table are not the newest")
def first_rows_are_not_the_newest(room: Room) -> tuple[bool, str]:
    first, newest = room.example("L1", "FROM talks LIMIT 3"), room.example("L1", "opened_at_utc DESC")
    return first[0]["opened_at_utc"] < newest[-1][
        "opened_at_utc"
    ], f"{first[0]['opened_at_utc']}, {newest[0]['opened_at_utc']}"


@said(LOOK, "L1-05", "Shibuya has casts who are active and casts who have retired", least=1)
def shibuya_has_both(room: Room) -> tuple[bool, str]:
    active = len(room.solution("L1-05"))
    retired = room.value("SELECT COUNT(retired_at_utc) FROM casts WHERE area_code = 'SHIBUYA'")
    return active > 1 and retired > 0, f"{active} active, {retired} retired"


@said(LOOK, "L1-07", "a test account stands among Tokyo's newest ten")
def newest_tokyo(room: Room) -> tuple[bool, str]:
    tokyo = "東京都" if room.lang == "ja" else "Tokyo"
    tests = room.value(
        f"""WITH newest AS (SELECT * FROM guests WHERE prefecture = '{tokyo}' ORDER BY registered_at_utc DESC, guest_id LIMIT 10)
        SELECT COUNT(*) FILTER (is_test) FROM newest"""
    )
    return tests > 0, f"{tests} of ten"


@said(LOOK, "L2", "with AND added behind an OR, casts remain who are not gold")
def or_and(room: Room) -> tuple[bool, str]:
    grades = [row["grade"] for row in room.example("L2", "OR area_code = 'SHINJUKU' AND grade = 'gold'")]
    return any(grade != "gold" for grade in grades), ", ".join(grades)


@said(LOOK, "L2-02", "the query to mend lets casts through who are not gold")
def not_gold_comes_through(room: Room) -> tuple[bool, str]:
    grades = [row["grade"] for row in room.starter("L2-02")]
    other = len(grades) - grades.count("gold")
    return other > 0, f"{other} of {len(grades)}"


@said(LOOK, "L2", "Tokyo and not Tokyo together are fewer than all guests")
def two_counts_are_not_all(room: Room) -> tuple[bool, str]:
    everybody, inside, outside = (
        room.example("L2", f"AS {name}")[0][name] for name in ("all_guests", "tokyo", "not_tokyo")
    )
    return inside + outside < everybody, f"{inside} + {outside} of {everybody}"


@said(LOOK, "L2-10", "both versions come out")
def both_versions(room: Room) -> tuple[bool, str]:
    versions = [row["app_version"] for row in room.solution("L2-10")]
    counts = [sum(version.startswith(head) for version in versions) for head in ("3.4.", "3.5.")]
    return min(counts) > 0, "{} and {}".format(*counts)


@said(LOOK, "L3", "the talks to be counted by finger are few")
def countable(room: Room) -> tuple[bool, str]:
    counts = room.example("L3", "talks_with_source")[0]
    return 3 <= counts["talks"] <= 30, str(tuple(counts.values()))


@said(LOOK, "L3-04", "purchases by card are more than the people who made them")
def more_purchases_than_people(room: Room) -> tuple[bool, str]:
    wrong, right = (next(iter(rows[0].values())) for rows in (room.starter("L3-04"), room.solution("L3-04")))
    return wrong > 1.2 * right, f"{wrong} and {right}"


@said(LOOK, "L3", "guests of Shibuya's list who are not vip show the missing brackets")
def missing_brackets(room: Room) -> tuple[bool, str]:
    rows = room.example("L3", "AND grade = 'vip'")
    return any(row["area_code"] == "SHIBUYA" and row["grade"] != "vip" for row in rows), f"{len(rows)} rows"


@said(LOOK, "L4-07", "the higher the place in the list, the more often it is clicked")
def higher_is_clicked(room: Room) -> tuple[bool, str]:
    rates = [float(row["click_rate"]) for row in room.solution("L4-07")[:8]]
    return rates[0] > rates[2] > rates[7], f"{rates[0]:.3f}, {rates[2]:.3f}, {rates[7]:.3f} at 1, 3, 8"


@said(LOOK, "L4-11", "no cast of the mended ten was shown less than fifty times")
def fifty(room: Room) -> tuple[bool, str]:
    before, after = (min(row["impressions"] for row in room.solution(each)) for each in ("L4-10", "L4-11"))
    return after >= 50, f"{before} at least, then {after}"
