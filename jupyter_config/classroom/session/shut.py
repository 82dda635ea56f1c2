"""Handlers of a Jupyter server that do not answer: every request is looked at before it reaches one, whoever added it and whenever."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_server.base.handlers import APIHandler
from tornado import web

if TYPE_CHECKING:
    from collections.abc import Callable


class ShutHandler(APIHandler):
    """Answers as if there were nothing."""

    async def prepare(self, *, _redirect_to_login: Any = None) -> None:
        """Refuse, whoever asks and by whichever method."""
        await super().prepare()
        raise web.HTTPError(404)


def full_name(handler: type[Any]) -> str:
    """Where a handler's class stands: jupyter_server.base.handlers.FileFindHandler."""
    return f"{handler.__module__}.{handler.__qualname__}"


def ask_first(application: Any, answering: Callable[[type[Any], str], type[Any] | None]) -> None:
    """Have an application ask who answers in a handler's place for a method, before it hands a request over; where nobody does, it is shut."""
    hand_over = application.get_handler_delegate

    def asked(request: Any, handler: type[Any], *more: Any, **named: Any) -> Any:
        found = answering(handler, str(request.method))
        return hand_over(request, found, *more, **named) if found else hand_over(request, ShutHandler)

    application.get_handler_delegate = asked
