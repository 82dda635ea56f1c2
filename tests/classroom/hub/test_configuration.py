"""The hub's own configuration: what it reads of the variables that operators are told of, and what it hands on to rooms."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from traitlets.config import Config

from classroom.assistant.line import VARIABLES as ASSISTANT
from classroom.assistant.line import assistant_line
from classroom.hub.assistant_desk import MOST
from classroom.hub.lti import VARIABLES as LTI
from classroom.hub.lti import settings_of
from classroom.hub.quotas import SETTINGS as QUOTAS

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
    named = told - set(QUOTAS) - {*ASSISTANT, MOST} - set(LTI)
    assert {each for each in named if f'"{each}"' not in SETTINGS.read_text(encoding="utf-8")} == set()


@pytest.mark.parametrize("page", ["operators.md", "operators.ja.md"])
def test_the_companys_assistant_is_told_to_operators_and_its_key_goes_to_the_service_alone(
    page: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    named = (*ASSISTANT, MOST)
    assert {name for name in named if f"`{name}`" not in text} == set()
    (tmp_path / "course").mkdir()
    made = configured(monkeypatch, PENGUIN_DATA=str(tmp_path), **dict.fromkeys(named, "7"))
    (service,) = (each for each in made.JupyterHub.services if each["name"] == "penguin")
    assert {name: service["environment"].get(name) for name in named} == dict.fromkeys(named, "7")
    rooms = made.Spawner.environment
    assert {name: rooms[name] for name in named if name in rooms} == {
        "PENGUIN_ASSISTANT_URL": "http://127.0.0.1:8090/assistant",
        "PENGUIN_ASSISTANT_SECONDS": "7",
    }
    monkeypatch.setenv("PENGUIN_ASSISTANT_URL", rooms["PENGUIN_ASSISTANT_URL"])
    monkeypatch.setenv("PENGUIN_SERVICE", rooms["PENGUIN_SERVICE"])
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "the-rooms-own")
    line = assistant_line()
    assert line is not None
    assert (line.of_hub, line.key) == (True, "the-rooms-own")


@pytest.mark.parametrize("page", ["operators.md", "operators.ja.md"])
def test_each_quota_is_told_to_operators_and_handed_on_to_the_service(
    page: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert {name for name in QUOTAS if f"`{name}`" not in text} == set()
    (tmp_path / "course").mkdir()
    made = configured(monkeypatch, PENGUIN_DATA=str(tmp_path), **dict.fromkeys(QUOTAS, "7"))
    (service,) = (each for each in made.JupyterHub.services if each["name"] == "penguin")
    assert {name: service["environment"].get(name) for name in QUOTAS} == dict.fromkeys(QUOTAS, "7")


@pytest.mark.parametrize("name", ["PENGUIN_DIALECT", "PENGUIN_INVITATION", "PENGUIN_LANG", "PENGUIN_OWN_FILES"])
def test_rooms_are_given_what_the_hub_is_told_for_them(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert configured(monkeypatch, **{name: "given"}).Spawner.environment[name] == "given"
    assert name not in configured(monkeypatch, **{name: ""}).Spawner.environment


def test_the_hubs_own_sign_in_is_the_one_made_for_this_jupyterhub(monkeypatch: pytest.MonkeyPatch) -> None:
    from traitlets import import_item

    from classroom.hub.native import NativeSignIn

    named = configured(monkeypatch, PENGUIN_SIGN_IN="native").JupyterHub.authenticator_class
    assert import_item(named) is NativeSignIn
    assert configured(monkeypatch, PENGUIN_SIGN_IN="pam").JupyterHub.authenticator_class == "pam"


def test_the_desks_of_several_mentors_run_under_the_account_of_their_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    from traitlets import import_item

    told = {"PENGUIN_MENTORS": "sato yamada", "PENGUIN_COURSE_FOLDER": "/course", "PENGUIN_DESK_ACCOUNT": "nobody"}
    made = configured(monkeypatch, **told)
    spawner_class, accounts = import_item(made.JupyterHub.spawner_class), {}
    for name in ("yamada", "tanaka"):
        spawner = spawner_class(user=SimpleNamespace(name=name))
        made.Spawner.pre_spawn_hook(spawner)
        accounts[name] = spawner.runs_as
    assert accounts == {"yamada": "nobody", "tanaka": ""}


def test_such_a_desk_is_its_mentors_in_name_and_its_accounts_in_files() -> None:
    import pwd

    from classroom.hub.accounts import AccountSpawner

    spawner = AccountSpawner(user=SimpleNamespace(name="yamada"), runs_as="nobody")
    variables = spawner.user_env({"LANG": "C.UTF-8"})
    assert variables == {"LANG": "C.UTF-8", "USER": "yamada", "HOME": pwd.getpwnam("nobody").pw_dir}
    if os.getuid() != 0:
        pytest.skip("another account cannot be taken here: that takes root")
    done = subprocess.run(
        ["/usr/bin/id", "-un"], preexec_fn=spawner.make_preexec_fn("yamada"), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "nobody"


@pytest.mark.parametrize("page", ["operators.md", "operators.ja.md"])
def test_what_a_learning_platform_gives_is_told_to_operators_and_asked_of_them(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert {name for name in LTI if f"`{name}`" not in text} == set()
    made = configured(monkeypatch, PENGUIN_SIGN_IN="lti", **dict.fromkeys(LTI, "one two"))
    assert made.JupyterHub.authenticator_class == "classroom.hub.lti.LtiSignIn"
    assert made.LtiSignIn.client_id == {"one", "two"}
    assert {made.LtiSignIn[each] for each in LTI.values() if each != "client_id"} == {"one two"}
    with pytest.raises(ValueError, match="PENGUIN_LTI_KEYS_URL"):
        settings_of({name: "one" for name in LTI if name != "PENGUIN_LTI_KEYS_URL"})
