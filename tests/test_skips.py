"""What may be skipped, and by which reason: each that stands in a test is on the list, and the list holds no other."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest

TESTS = Path(__file__).parent
LISTED = tomllib.loads((TESTS / "may_skip.toml").read_text(encoding="utf-8"))
_BY_ARGUMENT = frozenset({"skip", "importorskip"})


def reasons(source: str) -> set[str]:
    """The reasons of all skips in a module; one that is no constant of it stands as its own text."""
    tree = ast.parse(source)
    constants = {
        target.id: each.value.value
        for each in tree.body
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.Constant)
        for target in each.targets
        if isinstance(target, ast.Name)
    }
    found: set[str] = set()
    for call in (each for each in ast.walk(tree) if isinstance(each, ast.Call)):
        name = ast.unparse(call.func)
        if not name.startswith("pytest.") or name.rpartition(".")[2] not in {*_BY_ARGUMENT, "skipif"}:
            continue
        by_keyword = [each.value for each in call.keywords if each.arg == "reason"]
        told = by_keyword or (call.args[:1] if name.rpartition(".")[2] in _BY_ARGUMENT else [])
        for each in told:
            if isinstance(each, ast.Constant):
                found.add(str(each.value))
            else:
                found.add(str(constants.get(ast.unparse(each), ast.unparse(each))))
    return found


def test_a_reason_is_found_however_it_is_given() -> None:
    source = (
        "WHY = 'no browser'\npytest.skip(WHY)\npytest.skip('a')\npytest.mark.skipif(x, reason='b')\n"
        "pytest.importorskip('c')\npytest.skip(f'{d}')\nother.skip('e')"
    )
    assert reasons(source) == {"no browser", "a", "b", "c", "f'{d}'"}


def test_the_list_holds_the_reasons_of_all_skips_and_no_other() -> None:
    used = set().union(
        *(reasons(each.read_text(encoding="utf-8")) for each in TESTS.rglob("*.py") if each.name != Path(__file__).name)
    )
    listed = {each["reason"] for each in (*LISTED["skip"], *LISTED["lacking"])}
    assert used == listed


def test_each_reason_says_what_the_machine_lacks_or_why_nothing_is_lost() -> None:
    assert all(each["why"] for each in LISTED["skip"])
    assert all(each["lacks"] for each in LISTED["lacking"])


def test_ci_takes_the_first_list_alone(pytestconfig: pytest.Config) -> None:
    ours: Any = pytestconfig.pluginmanager.get_plugin(str(TESTS / "conftest.py"))

    def told(reason: str) -> str:
        at = ("test_x.py", 3, f"Skipped: {reason}")
        return str(ours.unexpected_skip(SimpleNamespace(skipped=True, nodeid="test_x.py::test_y", longrepr=at)))

    assert {told(each["reason"]) for each in LISTED["skip"]} == {""}
    assert all(each["reason"] in told(each["reason"]) for each in LISTED["lacking"])
