"""A Jupyter server on a mentor's folder, asked as a page asks it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jupyter_server.serverapp import ServerApp
from tornado.httpclient import AsyncHTTPClient, HTTPResponse

from classroom.mentor.page.extension import load

if TYPE_CHECKING:
    from pathlib import Path


class DeskServer:
    """A real Jupyter server on one folder, without its command line."""

    def __init__(self, root: Path) -> None:
        self.app = ServerApp(root_dir=str(root), open_browser=False, port=0, token="secret", allow_root=True)  # noqa: S106
        self.app.initialize(argv=[], find_extensions=False, new_httpserver=True)
        load(self.app)

    async def ask(self, path: str, body: object = None, token: str = "") -> tuple[int, Any]:
        answer = await self._fetch(path, body, token)
        return answer.code, json.loads(answer.body) if answer.code in (200, 409) else None

    async def whole(self, path: str, token: str = "") -> tuple[int, Any, str]:
        """Status, headers and text of what is no JSON."""
        answer = await self._fetch(path, None, token)
        return answer.code, answer.headers, answer.body.decode()

    async def _fetch(self, path: str, body: object, token: str) -> HTTPResponse:
        how: dict[str, Any] = {"headers": {"Authorization": f"token {token}"} if token else {}}
        if body is not None:
            how |= {"method": "POST", "body": json.dumps(body)}
        url = f"http://127.0.0.1:{self.app.port}/penguin/desk/{path}"
        return await AsyncHTTPClient().fetch(url, raise_error=False, request_timeout=300, follow_redirects=False, **how)
