"""What the server of a room loads, which thirty learners pay thirty times."""

from __future__ import annotations

import subprocess
import sys

import pytest

_ROOM = (
    "import sys\n"
    "from classroom.hub.singleuser import keep_out_the_hub\n"
    "from classroom.quick_imports import keep_out_node, keep_out_unused\n"
    "keep_out_unused(); keep_out_the_hub(); keep_out_node()\n"
    "import jupyterhub.singleuser.extension, jupyterlab.labapp, classroom.learner.page.extension\n"
)


def told_by(room: str) -> list[str]:
    said = subprocess.run([sys.executable, "-c", _ROOM + room], check=True, capture_output=True, text=True)
    return said.stdout.split()


@pytest.mark.skipif(sys.platform == "win32", reason="JupyterHub needs a Unix system")
def test_a_room_loads_neither_the_hubs_database_nor_what_makes_data() -> None:
    heavy = ("sqlalchemy.orm", "alembic", "numpy", "pyarrow", "pandas", "altair", "ipykernel", "nbconvert")
    assert told_by(f"print(*[each for each in {heavy} if each in sys.modules])") == []


@pytest.mark.skipif(sys.platform == "win32", reason="JupyterHub needs a Unix system")
def test_what_was_left_out_is_there_for_whoever_asks() -> None:
    assert told_by("import jupyterhub.orm\nprint(jupyterhub.orm.User.__tablename__)") == ["users"]


@pytest.mark.skipif(sys.platform == "win32", reason="JupyterHub needs a Unix system")
def test_a_room_starts_no_node_to_ask_what_it_would_be_built_from() -> None:
    asked = (
        "import subprocess\n"
        "from jupyterlab.commands import AppOptions\n"
        "subprocess.check_output = lambda command, **_: sys.exit(f'started {command}')\n"
        "print(bool(AppOptions().registry))"
    )
    assert told_by(asked) == ["True"]
