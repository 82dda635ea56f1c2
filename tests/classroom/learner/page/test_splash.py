"""A learner's page shows the course's splash before any of JupyterLab's code has come."""

from __future__ import annotations

import logging
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import jupyterlab
import pytest
from jinja2 import Environment, FileSystemLoader
from jupyter_server.extension.manager import ExtensionPoint

from classroom.learner.page.handlers import page_of
from classroom.learner.page.splash import put_in_splash
from classroom.messages import say_in
from classroom.room import _jupyter_server_extension_points
from classroom.settings import settings_root

if TYPE_CHECKING:
    from classroom.language import Lang


def _served(lang: Lang, settings: dict[str, Any]) -> str:
    page = {"penguin": page_of(lang), "fullStaticUrl": "/user/sato/static/lab"}
    given = {"page_config": page, "base_url": "/user/sato/", "ws_url": "", "custom_css": True}
    return str(settings["lab_jinja2_env"].get_template("index.html").render(**given))


def _jupyterlab() -> dict[str, Any]:
    """The settings of a server in which JupyterLab is loaded, as it makes them."""
    own = FileSystemLoader(Path(jupyterlab.__file__).parent / "static")
    return {"lab_jinja2_env": Environment(loader=own, extensions=["jinja2.ext.i18n"], autoescape=True)}


def _put_in(settings: dict[str, Any]) -> None:
    put_in_splash(SimpleNamespace(web_app=SimpleNamespace(settings=settings), log=logging.getLogger("room")))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_page_that_jupyterlab_serves_holds_the_splash_in_the_learner_s_language(lang: Lang) -> None:
    settings = _jupyterlab()
    before = _served(lang, settings)
    _put_in(settings)
    after = _served(lang, settings)
    shown = after.split("<template", 1)[1].split("</template>", 1)[0]
    assert say_in("classroom.learner.page", "splash.loading", lang) in shown
    assert say_in("classroom.learner.page", "splash.slow", lang) in shown
    assert f'documentElement.lang = "{lang}"' in after
    head, body = after.split("</head>", 1)
    assert head.startswith(before.split("</head>", 1)[0].split("<link", 1)[0])  # title and data are JupyterLab's own
    assert "/user/sato/static/lab/main." in head
    assert body == before.split("</head>", 1)[1]


def test_jupyterlab_s_other_pages_stay_its_own() -> None:
    settings = _jupyterlab()
    own = set(settings["lab_jinja2_env"].list_templates())
    _put_in(settings)
    assert own <= set(settings["lab_jinja2_env"].list_templates())


def test_a_server_without_jupyterlab_is_left_alone_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    _put_in({})
    assert "without the course's splash" in caplog.text


def test_the_splash_is_put_in_once_jupyterlab_is_loaded_as_its_templates_come_with_it() -> None:
    [point] = (ExtensionPoint(metadata=each) for each in _jupyter_server_extension_points())
    assert point._get_starter().__module__ == "classroom.room"


def test_the_two_penguins_are_drawn_the_same_on_the_splash_and_in_the_bar() -> None:
    drawn = (settings_root() / "lab" / "templates" / "penguins.svg").read_text(encoding="utf-8").strip()
    assert f"'{drawn}'" in (settings_root() / "labextension" / "src" / "logo.ts").read_text(encoding="utf-8")
