"""A small practice database, a desk on it, and a way to run cells at that desk."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from classroom.learner.kernel.execute import run_cell
from classroom.learner.state.desk import Desk

sys.path.insert(0, str(Path(__file__).parent))  # what the tests of these folders share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from classroom.session.display import Display
    from classroom.session.trouble import Trouble

SAMPLE = Path(__file__).parents[1] / "coursebook" / "sample_course"


@dataclass
class Ran:
    """What a cell showed."""

    displays: list[Display] = field(default_factory=list)
    trouble: Trouble | None = None

    @property
    def shown(self) -> list[Display]:
        """What stands under the cell in the end: each place holds what came last."""
        standing: list[Display] = []
        for display in self.displays:
            at = next((n for n, each in enumerate(standing) if display.replaces and each.place == display.place), None)
            if at is None:
                standing.append(display)
            else:
                standing[at] = display
        return standing

    @property
    def plain(self) -> str:
        return "\n".join(each.data.get("text/plain", "") for each in self.shown)

    @property
    def html(self) -> str:
        return "\n".join(each.data.get("text/html", "") for each in self.shown)


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The marketplace at its small size, in Japanese."""
    from marketplace import Settings, build, scale_factor

    place = tmp_path_factory.mktemp("practice") / "marketplace-ja.duckdb"
    build(Settings(scale=scale_factor("small"), locale="ja", out=place))
    return place


@pytest.fixture
def desk(practice: Path) -> Iterator[Desk]:
    """A Japanese learner's desk."""
    desk = Desk(lang="ja", practice=practice)
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def judging_desk(practice: Path) -> Iterator[Desk]:
    """A desk whose judge stays warm for a whole module."""
    desk = Desk(lang="ja", practice=practice)
    yield desk
    desk.close()


@pytest.fixture
def run(desk: Desk) -> Callable[..., Ran]:
    """Run a cell at the desk."""
    return lambda source, cell_id=None: run_at(desk, source, cell_id)


@pytest.fixture
def judge(judging_desk: Desk) -> Callable[..., Ran]:
    """Run an answer at the desk with the warm judge."""
    return lambda source, cell_id=None: run_at(judging_desk, source, cell_id)


@pytest.fixture
def at() -> Callable[..., Ran]:
    """Run a cell at any desk."""
    return run_at


def run_at(desk: Desk, source: str, cell_id: str | None = None) -> Ran:
    ran = Ran()
    ran.trouble = run_cell(desk, source, ran.displays.append, cell_id)
    return ran


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def environment(practice: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The variables of a learner's kernel, set for this test and its children."""
    variables = {"PENGUIN_DATA": str(practice), "PENGUIN_LANG": "ja"}
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return {**os.environ, **variables}


def outputs_of(cell: Any) -> str:
    return "\n".join("".join(each.get("data", {}).get("text/plain", "")) for each in cell.outputs)


@pytest.fixture
def sample_course_with(tmp_path: Path) -> Callable[[str, Mapping[str, str]], Path]:
    """The sample course with a ninth exercise in a folder of that name, of these files; gives the course's root."""

    def added(exercise: str, files: Mapping[str, str]) -> Path:
        root = tmp_path / "course"
        shutil.copytree(SAMPLE, root)
        lesson = root / "lessons" / "01-sample"
        for name, text in files.items():
            path = lesson / "exercises" / exercise / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        record = lesson / "lesson.toml"
        text = record.read_text(encoding="utf-8")
        record.write_text(text.replace('last = "L1-08"', 'last = "L1-09"'), encoding="utf-8")
        for lang in ("ja", "en"):
            text = (lesson / f"lesson.{lang}.md").read_text(encoding="utf-8")
            placed = text.replace(":::exercise 08-report\n", f":::exercise 08-report\n\n:::exercise {exercise}\n")
            (lesson / f"lesson.{lang}.md").write_text(placed, encoding="utf-8")
        return root

    return added
