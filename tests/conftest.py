"""How the tests are shared out among processes, and which may be skipped where CI runs them."""

import os
import tomllib
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling


class ByFile(LoadScopeScheduling):
    """Keeps a file's tests in one process, for what they share is dear to make, and all that drive a browser in one."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return "browser" if file.startswith("tests/browser/") else file


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
