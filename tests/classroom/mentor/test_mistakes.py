"""Which mistake an answer makes is one question with one answer, in the learner's record and on the mentor's board."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from classroom.learner.kernel.execute import run_cell
from classroom.learner.progress import ProgressStore
from classroom.learner.state.desk import Desk
from classroom.mentor.grading.desk import MentorDesk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from classroom.mentor.place.folder import MentorFolder

RIGHT = """SELECT guest_id, registered_at_utc FROM guests
WHERE prefecture = '東京都' AND NOT is_test ORDER BY registered_at_utc DESC, guest_id LIMIT 10"""
ANSWERS = {
    "right": (RIGHT, False),
    "a near miss": (RIGHT.replace(" AND NOT is_test", ""), True),
    "a mistake that no author foresaw": (RIGHT.replace("'東京都'", "'大阪府'"), True),
    "a misspelt column": (RIGHT.replace("prefecture", "prefectur"), True),
    "a misspelt word": (RIGHT.replace("WHERE", "WEHRE"), True),
    "a write": ("DROP TABLE guests", True),
}


@pytest.fixture(scope="module")
def learner(practice: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    store = ProgressStore(tmp_path_factory.mktemp("learner") / "progress.sqlite")
    desk = Desk(lang="ja", practice=practice, _progress=store)
    yield desk
    desk.close()


@pytest.mark.parametrize(("sql", "is_mistake"), ANSWERS.values(), ids=ANSWERS)
def test_the_learner_s_record_and_the_mentor_s_board_name_the_same_mistake(
    learner: Desk, folder: MentorFolder, sql: str, is_mistake: bool
) -> None:
    folder.seed_path.write_text("0\n", encoding="ascii")
    source = f"-- 解答 L1-07\n{sql}\n"
    run_cell(learner, source, lambda _: None)
    assert learner.progress is not None
    kept = learner.progress.tries("L1-07")[-1].code
    mentor = MentorDesk(folder, workers=1)
    (judged,) = mentor.judgements([mentor.rules.question("L1-07", source)]).values()
    assert kept == judged.code
    assert bool(kept) == is_mistake


def test_answers_that_differ_in_an_alias_alone_are_one_group(folder: MentorFolder) -> None:
    folder.seed_path.write_text("0\n", encoding="ascii")
    wrong = RIGHT.replace(" AND NOT is_test", "")
    named = wrong.replace("SELECT guest_id, registered_at_utc", "SELECT guest_id AS id, registered_at_utc AS since")
    other = RIGHT.replace("'東京都'", "'大阪府'")
    mentor = MentorDesk(folder, workers=1)
    asked = [mentor.rules.question("L1-07", f"-- 解答 L1-07\n{sql}\n") for sql in (wrong, named, other)]
    judged = mentor.judgements(asked)
    first, second, third = (judged[each.key].fingerprint for each in asked)
    assert first == second
    assert first != third
