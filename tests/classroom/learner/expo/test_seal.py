"""The log of an Expo: what was sealed stays as it was, and whoever changes something is found out."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from classroom.exchange.expo.grant import Grant, grant_in
from classroom.exchange.expo.record import Expo, Issue, as_notebook, expo_from, in_notebook, places, texts_of
from classroom.exchange.expo.seal import MONTH, PLAN, REPORT, faults_of, next_entry, plan_content, sealed_plan

EVENING = datetime(2026, 3, 2, 20, tzinfo=UTC)


def sealed(who: str = "a1", name: str = "1時間の壁") -> Expo:
    """An Expo with a plan, its month and a report, an hour apart."""
    expo = Expo(who, issue=Issue(name=name))
    for hours, (kind, content) in enumerate([(PLAN, plan_content(expo)), (MONTH, {"seed": 4}), (REPORT, {})]):
        expo = replace(expo, log=(*expo.log, next_entry(expo, kind, content, EVENING + timedelta(hours=hours))))
    return expo


def codes(expo: Expo, now: datetime = EVENING + timedelta(days=1), earlier: Expo | None = None) -> set[str]:
    return {each.code for each in faults_of(expo, now, earlier.log if earlier else ())}


def test_an_expo_travels_as_it_is() -> None:
    expo = sealed()
    assert in_notebook(json.loads(json.dumps(as_notebook(expo)))) == expo
    with pytest.raises(ValueError, match="no Expo"):
        in_notebook({"cells": []})


def test_every_place_keeps_what_is_typed_in_it() -> None:
    written = {place: f"<{place}>\n「」" for place in places()}
    assert texts_of(expo_from("a1", written)) == written


def test_an_honest_log_has_no_faults_and_gives_the_plan_back() -> None:
    expo = sealed()
    assert faults_of(expo, EVENING + timedelta(days=1)) == ()
    plan = sealed_plan(expo)
    assert plan is not None
    assert plan.issue.name == "1時間の壁"


def test_a_card_that_is_rewritten_after_the_seal_is_seen() -> None:
    assert codes(replace(sealed(), issue=Issue(name="もう知っていた"))) == {"rewritten"}


def test_a_sealed_text_that_is_edited_is_seen() -> None:
    expo = sealed()
    forged = replace(expo.log[0], content=expo.log[0].content.replace("壁", "坂"))
    assert "changed" in codes(replace(expo, log=(forged, *expo.log[1:])))


def test_a_plan_that_is_sealed_anew_in_the_old_ones_place_breaks_the_chain() -> None:
    expo, other = sealed(), sealed(name="別の名前")
    assert "chain" in codes(replace(other, log=(other.log[0], *expo.log[1:])))


def test_a_whole_new_log_differs_from_what_was_handed_in() -> None:
    assert codes(sealed(name="別の名前"), earlier=sealed()) == {"handed_in"}


def test_another_learners_plan_is_seen() -> None:
    assert codes(replace(sealed("b2"), who="a1")) == {"stranger"}


def test_a_clock_that_is_turned_back_or_ahead_is_seen() -> None:
    expo = Expo("a1")
    expo = replace(expo, log=(next_entry(expo, PLAN, plan_content(expo), EVENING),))
    back = next_entry(expo, MONTH, {}, EVENING - timedelta(hours=2))
    assert codes(replace(expo, log=(*expo.log, back))) == {"clock"}
    assert codes(expo, now=EVENING - timedelta(hours=1)) == {"ahead"}


def test_second_data_before_the_plan_are_seen() -> None:
    expo = Expo("a1")
    for kind, content in ((MONTH, {}), (PLAN, plan_content(expo))):
        expo = replace(expo, log=(*expo.log, next_entry(expo, kind, content, EVENING)))
    assert codes(expo) == {"early"}


def test_a_second_plan_in_one_log_is_seen() -> None:
    expo = sealed()
    again = next_entry(expo, PLAN, plan_content(expo), EVENING + timedelta(hours=5))
    assert codes(replace(expo, log=(*expo.log, again))) == {"chain"}


def test_an_entry_that_nobody_can_read_is_no_plan_and_breaks_nothing() -> None:
    expo = sealed()
    broken = replace(expo.log[0], content="[", at="yesterday")
    assert sealed_plan(replace(expo, log=(broken, *expo.log[1:]))) is None
    assert "changed" in codes(replace(expo, log=(broken, *expo.log[1:])))


def test_what_a_mentor_grants_is_read_again_but_not_by_the_eye() -> None:
    grant = Grant("c0de", "harmful", 7)
    assert grant_in(f" {grant.to_text()}\n") == grant
    assert "harmful" not in grant.to_text()
    for text in ("", "x", "harmful"):
        with pytest.raises(ValueError):  # noqa: PT011  (what was pasted may be anything)
            grant_in(text)
