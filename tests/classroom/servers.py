"""What tests that run a real server beside themselves share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tornado.httpserver import HTTPServer


async def closed(server: HTTPServer) -> None:
    """Takes no more connections and closes those there are.

    The client hangs up first; a loop that ends before its server has noticed leaves the socket to the garbage collector, whose
    warning then fails whichever test comes next.
    """
    server.stop()
    await server.close_all_connections()
