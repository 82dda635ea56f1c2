"""An author's own server: the page and the way in, and nothing else of what a Jupyter server can do."""

from __future__ import annotations

import os
import secrets
import tempfile
from typing import TYPE_CHECKING, Any

from jupyter_server.serverapp import ServerApp

from classroom.author.handlers import PATH, add_to
from classroom.session.shut import ask_first, full_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.author.room import AuthorRoom

_OURS = "classroom.author."
_OPEN = frozenset(
    {
        "jupyter_server.auth.login.LoginFormHandler",
        "jupyter_server.auth.logout.LogoutHandler",
        "jupyter_server.base.handlers.FileFindHandler",
        "jupyter_server.base.handlers.PublicStaticFileHandler",
        "jupyter_server.base.handlers.RedirectWithParams",
        "jupyter_server.base.handlers.Template404",
    }
)
"""What a browser without the token is shown."""


class AuthorServer(ServerApp):
    """A Jupyter server without files, kernels and terminals."""

    default_services: Any = ("auth",)


def serve(room: AuthorRoom, port: int, *, browser: bool, ready: Callable[[str], None]) -> None:
    """Answer on this computer alone until it is stopped; `ready` is called with the page's address once the port is bound."""
    token = secrets.token_hex(24)
    with tempfile.TemporaryDirectory() as place:  # settings of Jupyter's own are read from nowhere, and left nowhere
        os.environ.update(
            {f"JUPYTER_{each}_DIR": f"{place}/{each.lower()}" for each in ("CONFIG", "RUNTIME", "DATA")}
            | {"JUPYTER_TOKEN": token}
        )
        server = made(room, port, browser=browser)
        server.io_loop.add_callback(ready, f"http://127.0.0.1:{server.port}/{PATH}?token={token}")
        try:
            server.start()
        finally:
            room.proofs.close()


def made(room: AuthorRoom, port: int, *, browser: bool) -> Any:
    """The server of a room, its port bound; it begins to answer when it is started."""
    server: Any = AuthorServer(
        root_dir=str(room.root),
        ip="127.0.0.1",
        port=port,
        open_browser=browser,
        default_url=f"/{PATH}",
        log_level="WARN",
        answer_yes=True,
        allow_root=True,
    )
    server.initialize(argv=[], find_extensions=False)
    ask_first(server.web_app, _answering)
    add_to(server.web_app, room)
    return server


def _answering(handler: type[Any], method: str) -> type[Any] | None:
    name = full_name(handler)
    is_read = method in ("GET", "HEAD") or name.endswith(".LoginFormHandler")
    return handler if name.startswith(_OURS) or (is_read and name in _OPEN) else None
