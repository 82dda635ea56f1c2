"""nbgrader's own exchange among accounts of one machine: what travels, and what no other account can read."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

MENTOR, LEARNER, OTHER = "daemon", "games", "nobody"
"""Accounts that Debian has; nobody works in them."""


def are_here() -> bool:
    """Whether this process may become each of them, and they reach the project and what it needs."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    import pwd

    import nbgrader

    places = [Path(str(each)).resolve() for each in (__file__, nbgrader.__file__)]
    if not all(folder.stat().st_mode & 0o001 for place in places for folder in place.parents):
        return False
    return {MENTOR, LEARNER, OTHER} <= {each.pw_name for each in pwd.getpwall()}


pytestmark = pytest.mark.skipif(not are_here(), reason="another account cannot be taken here: that takes root")


@pytest.fixture(scope="module")
def told(released_root: Path) -> Iterator[dict[str, Any]]:
    """What each account found in a week of releasing, handing in, forging and collecting."""
    place = Path(tempfile.mkdtemp(prefix="accounts-"))
    try:
        place.chmod(0o755)
        exchange = place / "exchange"
        exchange.mkdir()
        exchange.chmod(0o777)
        root = place / "course"
        shutil.copytree(released_root, root)
        settings = root / "desk" / "settings.toml"
        lines = [each for each in settings.read_text("utf-8").splitlines() if not each.startswith("exchange")]
        settings.write_text("\n".join([*lines, f"exchange = {json.dumps(str(exchange))}", ""]), encoding="utf-8")
        root.chmod(0o700)  # as `penguin mentor init` leaves it
        for each in (root, *root.rglob("*")):
            shutil.chown(each, MENTOR, MENTOR)
        script = Path(__file__).with_name("accounts.py")
        command = [sys.executable, str(script), str(place), MENTOR, LEARNER, OTHER]
        done = subprocess.run(command, cwd=place, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        yield json.loads(done.stdout)
    finally:
        shutil.rmtree(place)


def test_each_act_is_its_own_accounts(told: dict[str, Any]) -> None:
    assert told["who"] == [MENTOR, LEARNER, OTHER]


def test_a_lesson_goes_from_account_to_account_and_back(told: dict[str, Any]) -> None:
    assert told["released"]
    assert len(told["fetched"]) == 1
    assert told["collected"]["taken"] == 1


def test_a_learners_account_reads_nothing_of_the_mentors_and_of_other_learners(told: dict[str, Any]) -> None:
    assert told["seen_by_learner"] == [[], [], []]


def test_another_learner_reads_what_was_released_and_no_hand_in(told: dict[str, Any]) -> None:
    course, home, exchange = told["seen_by_other"]
    assert course == home == []
    files = [each for each in exchange if not each.endswith("/")]
    assert len(files) == 1
    assert "/outbound/L1/" in files[0]


def test_a_hand_in_under_anothers_name_is_told_and_never_takes_the_place_of_the_learners_own(
    told: dict[str, Any],
) -> None:
    found = told["collected"]
    assert sorted(found["not_theirs"]) == [["?", OTHER], [LEARNER, OTHER]]
    assert found["taken"] == 1
    assert LEARNER in found["files"]
    assert "forged.txt" not in found["files"]
