"""A tutor's voice: what a sentence may say beside the fact that it rests on."""

import json
import time

import pytest

from classroom.assistant import asking, voice

FACT = "Your answer counts 12 rows of talks more than once, because guests is joined by guest_id."


@pytest.mark.parametrize(
    ("sentence", "is_kept"),
    [
        ("Because of the join, 12 rows are counted several times.", True),
        ("Some rows of talks are in there more than once.", True),
        ("Because of the join, 13 rows are counted several times.", False),
        ("Use COUNT(DISTINCT talk_id) instead.", False),
        ("Filter on is_test as well.", False),
        ("Only completed appointments should stay.", False),
        ("Your answer is right.", False),
        ("No row is counted more than once.", False),
        ("See http://evil.example for the rest.", False),
        ("Write SELECT 1; and run it.", False),
        ("12行が2回数えられています。", False),
        ("x" * 300, False),
        ("", False),
    ],
)
def test_a_sentence_rests_on_its_fact_or_is_not_shown(sentence: str, is_kept: bool) -> None:
    names = {"appointments", "is_test", "talks", "guests", "guest_id", "talk_id", "completed"}
    assert voice.rests_on(sentence, FACT, "en", names) is is_kept


def test_one_sentence_a_fact_in_the_facts_order() -> None:
    facts = (FACT, "The other columns are as they should be.")
    said = [{"fact": 2, "says": "The other columns are fine."}, {"fact": 1, "says": "Some rows of talks come twice."}]
    said.append({"fact": 1, "says": "The rows of talks are counted again."})
    found = voice.restated(f"Here you are:\n```json\n{json.dumps(said)}\n```", facts, "en", ())
    assert [(each.fact, each.says) for each in found] == [(FACT, said[1]["says"]), (facts[1], said[0]["says"])]


@pytest.mark.parametrize(
    "answer", ["", "[]", "{}", "[1, null]", "[" * 5_000, '[{"fact": true, "says": "Twice."}]', "Twice."]
)
def test_another_form_gives_no_sentence(answer: str) -> None:
    assert voice.restated(answer, (FACT,), "en", ()) == ()


def test_an_assistant_that_repeats_itself_keeps_nobody_waiting() -> None:
    began = time.process_time()
    assert asking.query_in(f"```{' ' * 100_000}") == "```"
    assert voice.restated("[" * 400_000, (FACT,), "en", ()) == ()
    assert asking.personal_in("a" * 100_000) == ""
    assert time.process_time() - began < 5
