"""Skills come back evenly spaced; a round is mixed; tests lead where the curriculum says."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursebook.practice import memory
from coursebook.practice.memory import LEAST_LEARNERS, LEAST_REPEATS, WANTED, Recall, haste_of, remembered, usual_haste
from coursebook.practice.spacing import (
    Practised,
    SkillPhase,
    SkillState,
    ahead_of_time,
    business_day,
    days_practised,
    in_order,
    next_due,
    state_of,
)

DAY = date(2025, 3, 3)
SKILLS = [f"S{number:02d}" for number in range(1, 39)]

practised = st.builds(
    Practised,
    skill=st.sampled_from(SKILLS[:6]),
    day=st.integers(0, 120).map(lambda days: DAY + timedelta(days)),
    recall=st.sampled_from(list(Recall)),
    mixed=st.booleans(),
)


def right(days: int, *, mixed: bool = True, skill: str = "S01", recall: Recall = Recall.WRITTEN) -> Practised:
    return Practised(skill, DAY + timedelta(days), recall, mixed)


def wrong(days: int) -> Practised:
    return Practised("S01", DAY + timedelta(days), Recall.MISSED, mixed=True)


def test_the_day_begins_at_five_in_the_morning_in_japan() -> None:
    assert business_day(datetime(2025, 3, 3, 19, 59, tzinfo=UTC)) == date(2025, 3, 3)
    assert business_day(datetime(2025, 3, 3, 20, 0, tzinfo=UTC)) == date(2025, 3, 4)


def test_green_takes_two_days_and_a_mixed_set() -> None:
    assert state_of("S01", [right(0), right(0)], DAY).phase is SkillPhase.LEARNING
    assert (
        state_of("S01", [right(0, mixed=False), right(2, mixed=False)], DAY + timedelta(2)).phase is SkillPhase.LEARNING
    )
    assert state_of("S01", [right(0, mixed=False), right(2)], DAY + timedelta(2)).phase is SkillPhase.GREEN


def test_a_mistake_takes_green_away_until_it_is_right_again_on_a_later_day() -> None:
    known = [right(0), right(2)]
    missed = [*known, *(wrong(day) for day in range(3, 9))]
    assert state_of("S01", missed, DAY + timedelta(8)).phase is not SkillPhase.GREEN
    assert state_of("S01", missed, DAY + timedelta(9)).phase is SkillPhase.DUE
    again = [*missed, right(9)]
    assert state_of("S01", again, DAY + timedelta(9)).phase is SkillPhase.GREEN


def test_what_is_due_is_due_when_recall_is_no_longer_likely_enough() -> None:
    known = [right(0), right(2)]
    due = state_of("S01", known, DAY).due_on
    assert due is not None
    assert state_of("S01", known, due - timedelta(1)).phase is SkillPhase.GREEN
    assert state_of("S01", known, due).phase is SkillPhase.DUE
    assert state_of("S01", known, due).chance < WANTED <= state_of("S01", known, due - timedelta(1)).chance


def test_each_time_it_is_remembered_it_comes_back_later_and_a_mistake_brings_it_back_at_once() -> None:
    seen, gaps = [right(0)], []
    for _ in range(4):
        due = state_of("S01", seen, DAY).due_on
        assert due is not None
        gaps.append((due - seen[-1].day).days)
        seen.append(right((due - DAY).days))
    assert gaps == sorted(gaps)
    assert gaps[0] < 7 < gaps[-1]
    missed = Practised("S01", seen[-1].day, Recall.MISSED, mixed=True)
    late = state_of("S01", [*seen[:-1], missed], DAY).due_on
    assert late is not None
    assert (late - missed.day).days < gaps[-1]


def test_words_of_ones_own_weigh_more_than_a_hint_and_that_more_than_a_choice() -> None:
    found = [remembered([(DAY, each)], DAY) for each in (Recall.WRITTEN, Recall.HELPED, Recall.CHOSEN, Recall.MISSED)]
    stability = [each.stability for each in found if each]
    assert len(stability) == 4
    assert stability == sorted(stability, reverse=True)
    assert len(set(stability)) == 4


def test_remembering_late_counts_more_than_remembering_soon() -> None:
    soon = remembered([(DAY, Recall.WRITTEN), (DAY + timedelta(1), Recall.WRITTEN)], DAY)
    late = remembered([(DAY, Recall.WRITTEN), (DAY + timedelta(10), Recall.WRITTEN)], DAY)
    assert soon
    assert late
    assert late.stability > soon.stability


@given(st.lists(practised, max_size=30), st.integers(0, 160))
@settings(deadline=None, max_examples=40)
def test_a_skill_is_in_exactly_one_phase_and_new_only_before_the_first_answer(seen: list[Practised], days: int) -> None:
    for skill in SKILLS[:6]:
        state = state_of(skill, seen, DAY + timedelta(days))
        assert (state.phase is SkillPhase.NEW) == all(each.skill != skill for each in seen)
        assert (state.due_on is None) == (state.phase is SkillPhase.NEW)


@given(st.lists(practised, max_size=30), st.integers(0, 160), st.integers(2, 38), st.integers(0, 999))
@settings(deadline=None, max_examples=40)
def test_nothing_untaught_and_nothing_that_is_not_due_is_asked(
    seen: list[Practised], days: int, count: int, seed: int
) -> None:
    states = [state_of(skill, seen, DAY + timedelta(days)) for skill in SKILLS[:count]]
    taught = set(SKILLS[:3])
    chosen = in_order(states, seed, taught)
    assert len(chosen) == len(set(chosen))
    due = {each.skill for each in states if each.phase is SkillPhase.DUE}
    new = {each.skill for each in states if each.phase is SkillPhase.NEW}
    assert set(chosen) == due | (new & taught)


def test_the_most_likely_forgotten_come_first_with_one_new_among_four() -> None:
    due = [SkillState(f"S0{n}", SkillPhase.DUE, DAY, n / 10) for n in range(1, 6)]
    new = [SkillState(f"S2{n}", SkillPhase.NEW) for n in range(3)]
    assert in_order([*new, *reversed(due)], 1, {"S22", "S21"}) == ("S01", "S02", "S03", "S21", "S04", "S05", "S22")


def test_who_goes_on_though_nothing_is_due_gets_what_is_nearest_to_it() -> None:
    states = [
        SkillState("S01", SkillPhase.GREEN, DAY + timedelta(9), 0.97),
        SkillState("S02", SkillPhase.GREEN, DAY + timedelta(2), 0.94),
        SkillState("S03", SkillPhase.NEW),
    ]
    assert in_order(states, 1, ()) == ()
    assert ahead_of_time(states, 1) == ("S02", "S01")
    assert next_due(states) == DAY + timedelta(2)


def test_a_pause_takes_no_day_away() -> None:
    assert days_practised([DAY, DAY, DAY + timedelta(90)]) == 2


def _answers(gap: int, outcomes: list[Recall]) -> list[tuple[date, Recall]]:
    return [(DAY + timedelta(gap * number), each) for number, each in enumerate(outcomes)]


def test_who_keeps_forgetting_what_the_model_takes_for_known_is_asked_sooner() -> None:
    forgets = [_answers(2, [Recall.WRITTEN, Recall.MISSED, Recall.WRITTEN, Recall.MISSED]) for _ in range(10)]
    remembers = [_answers(2, [Recall.WRITTEN] * 4) for _ in range(10)]
    haste = haste_of(forgets)
    assert haste > 1
    assert haste_of(remembers) == 1
    fast, usual = (remembered(remembers[0], DAY, each) for each in (haste, 1))
    assert fast is not None
    assert usual is not None
    assert fast.due_on < usual.due_on


def test_a_few_mistakes_say_nothing_of_how_fast_someone_forgets() -> None:
    few = [_answers(1, [Recall.WRITTEN, Recall.MISSED]) for _ in range(LEAST_REPEATS - 1)]
    assert haste_of(few) == 1
    assert haste_of([*few, *few]) > 1


FORGETS = [_answers(2, [Recall.WRITTEN, Recall.MISSED, Recall.WRITTEN, Recall.MISSED]) for _ in range(10)]
REMEMBERS = [_answers(2, [Recall.WRITTEN] * 4) for _ in range(10)]


def test_what_is_usual_in_a_class_is_fitted_to_its_own_answers_once_enough_learners_have_answered_enough() -> None:
    assert usual_haste([FORGETS] * (LEAST_LEARNERS - 1)) == 1
    assert usual_haste([FORGETS] * LEAST_LEARNERS) == haste_of(FORGETS) > 1
    assert usual_haste([]) == 1
    # one whose answers are whatever they are moves nobody else, and who has answered little counts for nothing
    assert usual_haste([REMEMBERS] * LEAST_LEARNERS + [FORGETS]) == 1
    assert usual_haste([FORGETS] * (LEAST_LEARNERS - 1) + [FORGETS[:2]] * 9) == 1


def test_a_class_that_is_counted_again_is_fitted_to_new_answers_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    fitted: list[object] = []

    def fit(skills: object) -> int:
        fitted.append(skills)
        return 2

    monkeypatch.setattr(memory, "haste_of", fit)
    memory._own_haste.cache_clear()
    learners = [[[(day + timedelta(each), recall) for day, recall in skill] for skill in FORGETS] for each in range(9)]
    for _ in range(2):
        assert usual_haste(learners) == 2
    learners[0] = [*learners[0], [(DAY, Recall.WRITTEN)]]
    usual_haste(learners)
    memory._own_haste.cache_clear()  # what was fitted here is nobody else's
    assert len(fitted) == len(learners) + 1


def test_who_has_answered_little_is_taken_for_one_of_the_class_and_who_has_answered_much_for_themselves() -> None:
    usual = usual_haste([FORGETS] * LEAST_LEARNERS)
    few = REMEMBERS[:2]
    assert haste_of(few, usual) == usual
    assert haste_of(REMEMBERS * 4, usual) == 1
    assert haste_of(few, 5) == haste_of(few, -1) == 1  # no haste that any class has: it comes from outside
