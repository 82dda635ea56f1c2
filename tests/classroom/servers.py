"""What tests that run a real server beside themselves share."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tornado.httpserver import HTTPServer


async def closed(server: HTTPServer) -> None:
    """Takes no more connections and closes those there are, for a socket left to the garbage collector fails whichever test is next.

    Jupyter's server listens only once the loop has run, and a client hangs up before the server has noticed.
    """
    await asyncio.sleep(0)
    server.stop()
    await server.close_all_connections()
