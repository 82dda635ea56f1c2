"""How tests are shared out: a file stays whole, and few processes drive browsers at the same time."""

from __future__ import annotations

from itertools import count
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

BROWSER = [f"tests/browser/test_{each}.py" for each in "abc"]
OTHER = [f"tests/sqlgrade/test_{each}.py" for each in "defgh"]
TESTS = [f"{file}::test_{number}" for file in (*BROWSER, *OTHER) for number in range(4)]


class Process:
    """What the scheduler asks of a process."""

    def __init__(self, number: int) -> None:
        self.gateway = SimpleNamespace(id=f"gw{number}")
        self.waiting: list[int] = []
        self.shutting_down = False
        self.files: list[str] = []
        """In the order in which they were begun."""

    def send_runtest_some(self, indices: list[int]) -> None:
        self.waiting += indices

    def shutdown(self) -> None:
        self.shutting_down = True


def share_out(request: pytest.FixtureRequest, processes: int) -> Iterator[list[Process]]:
    """The processes after each round in which every one of them has run a test."""
    plugins = request.config.pluginmanager
    conftest: Any = next(each for each in plugins.get_plugins() if hasattr(each, "ByFile"))
    config: Any = SimpleNamespace(
        getvalue=lambda _: ["popen"] * processes, option=SimpleNamespace(loadscopereorder=False)
    )
    scheduler = conftest.ByFile(config)
    made = [Process(number) for number in range(processes)]
    for each in made:
        scheduler.add_node(each)
        scheduler.add_node_collection(each, TESTS)
    scheduler.schedule()
    for _ in count():
        busy = [each for each in made if each.waiting]
        if not busy:
            return
        for each in busy:
            index = each.waiting.pop(0)
            file = TESTS[index].split("::")[0]
            if file not in each.files:
                each.files.append(file)
            scheduler.mark_test_complete(each, index)
        yield made


@pytest.mark.parametrize("processes", [1, 2, 3, 4, 7])
def test_every_file_is_run_whole_by_one_process(request: pytest.FixtureRequest, processes: int) -> None:
    *_, made = share_out(request, processes)
    assert sorted(file for each in made for file in each.files) == sorted((*BROWSER, *OTHER))


def test_of_three_processes_two_drive_browsers_and_begin_with_them(request: pytest.FixtureRequest) -> None:
    for made in share_out(request, 3):
        assert sum(any(file in BROWSER for file in each.files) for each in made) <= 2
    assert sorted(each.files[0] for each in made if each.files[0] in BROWSER) == BROWSER[:2]
    assert sum(each.files[0] in OTHER for each in made) == 1


def test_there_is_a_process_more_than_cores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTEST_XDIST_AUTO_NUM_WORKERS", raising=False)
    for cores, processes in ((1, 2), (2, 3), (64, 9), (None, 2)):
        monkeypatch.setattr("os.cpu_count", lambda cores=cores: cores)
        assert request.config.hook.pytest_xdist_auto_num_workers(config=request.config) == processes
