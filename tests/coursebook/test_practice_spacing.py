"""Skills come back evenly spaced; a round is mixed; tests lead where the curriculum says."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from coursebook.practice.gates import GateRecord, GuardRecord, ItemRecord, PlacementRecord
from coursebook.practice.results import place
from coursebook.practice.spacing import (
    FADES_AFTER,
    INTERVALS,
    ROUND,
    Practised,
    SkillPhase,
    SkillState,
    business_day,
    compose_round,
    days_practised,
    state_of,
)

DAY = date(2025, 3, 3)
SKILLS = [f"S{number:02d}" for number in range(1, 39)]

practised = st.builds(
    Practised,
    skill=st.sampled_from(SKILLS[:6]),
    day=st.integers(0, 120).map(lambda days: DAY + timedelta(days)),
    alone=st.booleans(),
    mixed=st.booleans(),
)


def right(days: int, *, mixed: bool = True, skill: str = "S01") -> Practised:
    return Practised(skill, DAY + timedelta(days), alone=True, mixed=mixed)


def test_the_day_begins_at_five_in_the_morning_in_japan() -> None:
    assert business_day(datetime(2025, 3, 3, 19, 59, tzinfo=UTC)) == date(2025, 3, 3)
    assert business_day(datetime(2025, 3, 3, 20, 0, tzinfo=UTC)) == date(2025, 3, 4)


def test_green_takes_two_days_and_a_mixed_set() -> None:
    assert state_of("S01", [right(0), right(0)], DAY).phase is SkillPhase.LEARNING
    assert state_of("S01", [right(0, mixed=False), right(2, mixed=False)], DAY).phase is SkillPhase.LEARNING
    assert state_of("S01", [right(0, mixed=False), right(2)], DAY + timedelta(2)).phase is SkillPhase.GREEN


def test_green_fades_to_due_after_three_weeks() -> None:
    known = [right(0), right(2)]
    assert state_of("S01", known, DAY + timedelta(2 + FADES_AFTER - 1)).phase is SkillPhase.GREEN
    assert state_of("S01", known, DAY + timedelta(2 + FADES_AFTER)).phase is SkillPhase.DUE


def test_spacing_is_even_and_a_mistake_brings_the_skill_back_the_next_day() -> None:
    days, seen = [0], []
    for interval in INTERVALS:
        seen = [right(day) for day in days]
        due = state_of("S01", seen, DAY).due_on
        assert due == DAY + timedelta(days[-1] + interval)
        days.append(days[-1] + interval)
    wrong = Practised("S01", DAY + timedelta(days[-1]), alone=False, mixed=True)
    assert state_of("S01", [*seen, wrong], DAY).due_on == wrong.day + timedelta(1)


@given(st.lists(practised, max_size=40), st.integers(0, 160))
def test_a_skill_is_in_exactly_one_phase_and_new_only_before_the_first_answer(seen: list[Practised], days: int) -> None:
    for skill in SKILLS[:6]:
        state = state_of(skill, seen, DAY + timedelta(days))
        assert (state.phase is SkillPhase.NEW) == all(each.skill != skill for each in seen)
        assert (state.due_on is None) == (state.phase is SkillPhase.NEW)


@given(st.lists(practised, max_size=40), st.integers(0, 160), st.integers(2, 38), st.integers(0, 999))
def test_a_round_never_asks_one_skill_twice_in_a_row(seen: list[Practised], days: int, count: int, seed: int) -> None:
    today = DAY + timedelta(days)
    states = [state_of(skill, seen, today) for skill in SKILLS[:count]]
    chosen = compose_round(states, today, seed, set(SKILLS[:3]))
    assert all(one != other for one, other in pairwise(chosen))
    assert set(chosen) <= set(SKILLS[:count])
    assert len(chosen) == ROUND or len(set(chosen)) == 1


def test_a_round_has_three_due_two_weak_and_one_new() -> None:
    due = [SkillState(f"S0{n}", SkillPhase.GREEN, DAY - timedelta(n), 1.0) for n in range(1, 6)]
    weak = [SkillState(f"S1{n}", SkillPhase.LEARNING, DAY + timedelta(1), n / 10) for n in range(4)]
    new = [SkillState(f"S2{n}", SkillPhase.NEW) for n in range(3)]
    chosen = compose_round([*due, *weak, *new], DAY, 1, {"S22"})
    assert sorted(chosen) == ["S03", "S04", "S05", "S10", "S11", "S22"]


def test_the_same_round_is_composed_again() -> None:
    states = [SkillState(skill, SkillPhase.NEW) for skill in SKILLS]
    assert compose_round(states, DAY, 5, SKILLS) == compose_round(states, DAY, 5, SKILLS)


def test_a_pause_takes_no_day_away() -> None:
    assert days_practised([DAY, DAY, DAY + timedelta(90)]) == 2


ITEMS = tuple(ItemRecord(("01a",)) for _ in range(4))
PLACEMENT = PlacementRecord(
    gates=(
        GateRecord(("L1", "L2"), (*ITEMS, ItemRecord(("02a",)))),
        GateRecord(("L3", "L4"), (*ITEMS, ItemRecord(("03a",), guards="L3"))),
    ),
    guards=(GuardRecord("L3", ("03a",)),),
)
LESSONS = ("L1", "L2", "L3", "L4", "L5")


def test_the_placement_test_stops_below_four_of_five() -> None:
    outcome = place(PLACEMENT, [True, True, True, False, False], LESSONS)
    assert (outcome.finished, outcome.start) == (True, "L1")
    assert not place(PLACEMENT, [True] * 5, LESSONS).finished
    assert place(PLACEMENT, [True] * 5, LESSONS).start == "L3"


def test_the_placement_test_stops_as_soon_as_a_gate_is_out_of_reach() -> None:
    assert not place(PLACEMENT, [True, False], LESSONS).finished
    assert place(PLACEMENT, [False, True, False], LESSONS).finished
    stopped = place(PLACEMENT, [True] * 5 + [False, False], LESSONS)
    assert (stopped.finished, stopped.start) == (True, "L3")


def test_a_guarded_lesson_is_skipped_only_with_its_item_right_and_its_drills_passed() -> None:
    wrong_guard = place(PLACEMENT, [True] * 9 + [False], LESSONS, {"L3"})
    assert (wrong_guard.start, wrong_guard.drilled) == ("L3", ())
    before = place(PLACEMENT, [True] * 10, LESSONS)
    assert (before.start, before.drilled) == ("L3", ("L3",))
    assert place(PLACEMENT, [True] * 10, LESSONS, {"L3"}).start == "L5"
