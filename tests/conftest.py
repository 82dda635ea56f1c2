"""How the tests are shared out among processes, and which may be skipped where CI runs them."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from xdist.workermanage import WorkerController


# each server, kernel, judge and command that a test starts would compile anew all that it imports of ours: a fourth of grading's time
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

MOST_CORES = 8
"""More processes than that want more memory than most machines have."""
BROWSER = "tests/browser/"
_BESIDE = {"tests/marketplace/test_yourschema_scripts.py": "tests/classroom/learner/export/test_bigquery_analyzer.py"}
"""A file -> the one whose process it shares: starting GoogleSQL's engine takes a processor forty seconds."""


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """One process more than there are cores: whoever drives a browser, a server or a kernel mostly waits for it."""
    if os.environ.get("PYTEST_XDIST_AUTO_NUM_WORKERS"):
        return None  # xdist's own answer
    return min(os.cpu_count() or 1, MOST_CORES) + 1


class ByFile(LoadScopeScheduling):
    """Keeps a file's tests in one process, for what they share is dear to make.

    Two thirds of the processes drive browsers, and begin with them: these files take longest, and mostly wait. More browsers
    than cores lose races. Once nothing else waits, any process takes one.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return _BESIDE.get(file, file)

    def _assign_work_unit(self, node: WorkerController) -> None:
        others = (work for each, work in self.assigned_work.items() if each is not node)
        driving = sum(
            any(_drives_browser(file) and not all(done.values()) for file, done in work.items()) for work in others
        )
        wanted = driving < max(1, self.numnodes * 2 // 3)
        file = next((each for each in self.workqueue if _drives_browser(each) is wanted), next(iter(self.workqueue)))
        self.workqueue.move_to_end(file, last=False)
        super()._assign_work_unit(node)


def _drives_browser(file: str) -> bool:
    return file.startswith(BROWSER)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """The scheduler in place of the one that --dist names."""
    return ByFile(config, log)


MAY_SKIP = tuple(
    each["reason"]
    for each in tomllib.loads(Path(__file__).with_name("may_skip.toml").read_text(encoding="utf-8"))["skip"]
)
_UNEXPECTED: list[str] = []


def unexpected_skip(report: pytest.TestReport | pytest.CollectReport) -> str:
    """The test and the reason of a skip that is not on the list; empty for anything else."""
    if not report.skipped or hasattr(report, "wasxfail"):
        return ""
    reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
    return "" if any(reason.endswith(each) for each in MAY_SKIP) else f"{report.nodeid}: {reason}"


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Notes what was skipped."""
    if found := unexpected_skip(report):
        _UNEXPECTED.append(found)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Notes a file that was skipped whole."""
    if found := unexpected_skip(report):
        _UNEXPECTED.append(found)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where CI is set, a promise that nobody keeps watch over is a failure."""
    if os.environ.get("CI") and _UNEXPECTED and not hasattr(session.config, "workerinput"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says which skips are not on the list."""
    if os.environ.get("CI") and _UNEXPECTED:
        terminalreporter.section("skipped in CI, and not in tests/may_skip.toml", red=True)
        for each in dict.fromkeys(_UNEXPECTED):
            terminalreporter.line(each)
