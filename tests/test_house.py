"""The house as a whole: no circle of imports, no file beyond its ceiling."""

from __future__ import annotations

import re
from pathlib import Path

import grimp
import pytest

ROOTS = {"coursebook": "course", "marketplace": "datasets", "sqlgrade": "graders", "classroom": "jupyter_config"}
CHECKOUT = Path(__file__).resolve().parents[1]
CEILING = 400


def circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """The sets of modules of which each imports, by however many steps, each other (Tarjan 1972)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        index[module] = low[module] = len(index)
        path.append(module)
        for other in imports.get(module, ()):
            if other not in index:
                visit(other)
                low[module] = min(low[module], low[other])
            elif other in path:
                low[module] = min(low[module], index[other])
        if low[module] == index[module]:
            circle = path[path.index(module) :]
            del path[path.index(module) :]
            if len(circle) > 1:
                found.append(sorted(circle))

    for module in imports:
        if module not in index:
            visit(module)
    return found


def room(module: str) -> str:
    """The module's package within its root: `classroom.learner.panel.offers` is in `classroom.learner.panel`."""
    return ".".join(module.split(".")[:2])


def imports_of(package: str) -> dict[str, set[str]]:
    """Module to the modules of the package that it imports, in functions too.

    Not for type hints: a record may name what its callbacks get. Between storeys the contracts count those as well.
    """
    graph = grimp.build_graph(package, cache_dir=None, exclude_type_checking_imports=True)
    return {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}


def test_a_circle_is_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]
    assert circles({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


@pytest.mark.parametrize("package", ROOTS)
def test_no_module_imports_itself_by_a_detour(package: str) -> None:
    assert circles(imports_of(package)) == []


@pytest.mark.parametrize("package", ROOTS)
def test_no_room_imports_itself_by_a_detour(package: str) -> None:
    rooms: dict[str, set[str]] = {}
    for module, others in imports_of(package).items():
        rooms.setdefault(room(module), set()).update({room(o) for o in others} - {room(module), package})
    assert circles(rooms) == []


@pytest.mark.parametrize("package", ROOTS)
def test_every_room_is_named_on_the_map_and_in_its_folders_readme(package: str) -> None:
    root = CHECKOUT / ROOTS[package]
    rooms = {each.parent.name for each in (root / package).glob("*/__init__.py")}
    for page in (CHECKOUT / "docs" / "architecture.md", root / "README.md"):
        words = set(re.findall(r"\w+", page.read_text(encoding="utf-8")))
        assert rooms - words == set(), page.name


def test_no_source_file_is_longer_than_one_reads_at_a_sitting() -> None:
    folders = (*(f"{root}/{package}" for package, root in ROOTS.items()), "tests", "bench")
    files = [each for folder in folders for each in (CHECKOUT / folder).rglob("*.py")]
    lines = {str(each.relative_to(CHECKOUT)): len(each.read_text(encoding="utf-8").splitlines()) for each in files}
    assert {name: count for name, count in lines.items() if count > CEILING} == {}
