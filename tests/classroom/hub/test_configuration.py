"""The hub's own configuration: what it reads of the variables that operators are told of, and what it hands on to rooms."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from traitlets.config import Config

ROOT = Path(__file__).parents[3]
SETTINGS = ROOT / "jupyter_config" / "hub" / "jupyterhub_config.py"


def configured(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Config:
    """What the file sets with these variables."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    made = Config()
    exec(compile(SETTINGS.read_text(encoding="utf-8"), SETTINGS, "exec"), {"get_config": lambda: made})  # noqa: S102
    return made


@pytest.mark.parametrize("page", ["operators.md", "operators.ja.md"])
def test_each_variable_that_operators_are_told_of_is_read(page: str) -> None:
    rows = re.findall(r"^\| (`PENGUIN_.*?) \|", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.MULTILINE)
    told = {name for row in rows for name in re.findall(r"PENGUIN_\w+", row)}
    assert len(told) > 10
    assert {each for each in told if f'"{each}"' not in SETTINGS.read_text(encoding="utf-8")} == set()


@pytest.mark.parametrize("name", ["PENGUIN_DIALECT", "PENGUIN_INVITATION", "PENGUIN_LANG"])
def test_rooms_are_given_what_the_hub_is_told_for_them(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert configured(monkeypatch, **{name: "given"}).Spawner.environment[name] == "given"
    assert name not in configured(monkeypatch, **{name: ""}).Spawner.environment


def test_the_hubs_own_sign_in_is_the_one_made_for_this_jupyterhub(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("nativeauthenticator")
    from traitlets import import_item

    from classroom.hub.native import NativeSignIn

    named = configured(monkeypatch, PENGUIN_SIGN_IN="native").JupyterHub.authenticator_class
    assert import_item(named) is NativeSignIn
    assert configured(monkeypatch, PENGUIN_SIGN_IN="pam").JupyterHub.authenticator_class == "pam"
