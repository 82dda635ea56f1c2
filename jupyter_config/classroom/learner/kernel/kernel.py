"""The Jupyter kernel: ipykernel's, with SQL in place of Python, so that widgets, Tab, Shift-Tab and Stop all work."""

from __future__ import annotations

import json
import os
import re
import threading
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipykernel.ipkernel import IPythonKernel

from classroom.exchange.judge_line import NoJudge
from classroom.learner.kernel.execute import run_cell
from classroom.learner.kernel.inspection import inspect_at
from classroom.learner.kernel.magics import MAGICS
from classroom.learner.kernel.renewal import Renewal, Request, pay
from classroom.learner.panel.notices import no_judge_sentence
from classroom.learner.state.completion import Completer
from classroom.learner.state.desk import Desk
from classroom.session.display import with_style
from classroom.session.limits import AddressSpace
from classroom.session.trouble import Trouble, no_judge, own_fault, show_trouble, too_deep

if TYPE_CHECKING:
    from classroom.session.display import Display

_TYPES_KEY = "_jupyter_types_experimental"
_LESSON_IN_ID = re.compile(r"(?:answer|task|run|text|grade|predict)-(L\d+)-")

_NOT_SERVED = frozenset({"debug_request", "usage_request", "connect_request"})


class SqlKernel(IPythonKernel):
    """Cells are SQL on the practice database; nothing in a cell is ever run as Python."""

    implementation = "second-penguin"
    implementation_version = "1"
    banner = "Second Penguin: SQL"
    language_info = {  # noqa: RUF012  (ipykernel declares it so)
        "name": "sql",
        "mimetype": "text/x-sql",
        "codemirror_mode": "sql",
        "pygments_lexer": "sql",
        "file_extension": ".sql",
    }

    # what ipykernel serves besides runs Python (its debugger), or tells of the machine
    msg_types = [each for each in IPythonKernel.msg_types if each not in _NOT_SERVED]  # noqa: RUF012
    control_msg_types = [each for each in IPythonKernel.control_msg_types if each not in _NOT_SERVED]  # noqa: RUF012

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        self._lesson, edition = lesson_of_notebook()
        self.desk = Desk(edition=edition)
        self._completer: Completer | None = None
        self._prepared_for: set[str] = set()
        self._style_sent = False
        self._address_space: AddressSpace | None = None
        self._renewal = Renewal(self)

    @property
    def kernel_info(self) -> dict[str, Any]:
        """What a page is told; there is no debugger, which would run Python."""
        told: dict[str, Any] = super().kernel_info
        return {**told, "supported_features": [each for each in told["supported_features"] if each != "debugger"]}

    @property
    def completer(self) -> Completer:
        """Completion over the desk's session."""
        if self._completer is None:
            self._completer = Completer(self.desk.session, tuple(each.name for each in MAGICS))
        return self._completer

    def start(self) -> None:
        """Start serving, then make the lesson's exercises ready in the background."""
        self._address_space = AddressSpace()
        self._address_space.cap()
        self._renewal.watch()
        super().start()  # type: ignore[no-untyped-call]
        pay(self)
        threading.Thread(target=_warm_up, daemon=True).start()
        if self._lesson:
            self.desk.lesson = self._lesson
            self.io_loop.call_later(0.5, self._prepare, self._lesson)

    async def shell_channel_thread_main(self, msg: Any) -> None:
        """Hand a message on to where it is dealt with, and know that it waits until then."""
        try:
            self._renewal.came(msg)
        except Exception:
            self.log.debug("A message that can't be read", exc_info=True)
        await super().shell_channel_thread_main(msg)  # type: ignore[no-untyped-call]

    async def shell_main(self, subshell_id: str | None, msg: Any) -> None:
        """Deal with a message."""
        try:
            known = self._renewal.id_of(msg)
        except Exception:  # it was not kept either
            known = ""
            self.log.debug("A message that can't be read", exc_info=True)
        try:
            await super().shell_main(subshell_id, msg)
        finally:
            self._renewal.dealt_with(known)

    async def execute_request(self, stream: Any, ident: Any, parent: dict[str, Any]) -> None:
        """Run a cell, and know which one runs."""
        self._renewal.begin(Request(ident, parent))
        try:
            await super().execute_request(stream, ident, parent)  # type: ignore[no-untyped-call]
        finally:
            self._renewal.done()

    async def do_execute(
        self,
        code: str,
        silent: bool,
        store_history: bool = True,
        user_expressions: dict[str, str] | None = None,
        allow_stdin: bool = False,
        *,
        cell_meta: dict[str, Any] | None = None,
        cell_id: str | None = None,
    ) -> dict[str, Any]:
        """Run a cell; a failed statement in an ordinary cell is an error, in an answer cell it is feedback."""
        del user_expressions, allow_stdin, cell_meta
        assert self.shell is not None  # noqa: S101  (ipykernel makes it before any cell runs)
        count = self.shell.execution_count
        if store_history and not silent:
            self.shell.execution_count += 1
        reply = {"status": "ok", "execution_count": count, "payload": [], "user_expressions": {}}
        if silent or not code.strip():
            return reply
        self._prepare_for_cell(cell_id)
        trouble = self._run(code, count, cell_id)
        if text := self.desk.take_next_input():
            reply["payload"] = [{"source": "set_next_input", "text": text, "replace": False}]
        if trouble is None or trouble.is_feedback:
            return reply
        failed = {"status": "error", "ename": trouble.name, "evalue": trouble.cause, "traceback": [trouble.cause]}
        return {**reply, **failed}

    async def do_complete(self, code: str, cursor_pos: int) -> dict[str, Any]:
        """Offer names and keywords."""
        offers, start = self.completer.complete(code, cursor_pos)
        typed = [{"text": each.text, "type": each.kind, "start": start, "end": cursor_pos} for each in offers]
        return {
            "matches": [each.text for each in offers],
            "cursor_start": start,
            "cursor_end": cursor_pos,
            "metadata": {_TYPES_KEY: typed},
            "status": "ok",
        }

    async def do_inspect(
        self, code: str, cursor_pos: int, detail_level: int = 0, omit_sections: Any = ()
    ) -> dict[str, Any]:
        """Explain the name under the cursor."""
        del detail_level, omit_sections
        markdown = inspect_at(self.completer, self.desk.marker.course, code, cursor_pos, self.desk.lang)
        data = {"text/plain": _plain(markdown), "text/markdown": markdown} if markdown else {}
        return {"status": "ok", "found": bool(markdown), "data": data, "metadata": {}}

    async def do_is_complete(self, code: str) -> dict[str, str]:
        """Tell a console that a statement ends with a semicolon."""
        ended = code.rstrip().endswith(";") or code.lstrip().startswith("%") or not code.strip()
        return {"status": "complete"} if ended else {"status": "incomplete", "indent": ""}

    async def do_history(self, *_: Any, **__: Any) -> dict[str, Any]:
        """Give no history: the notebook is the record."""
        return {"status": "ok", "history": []}

    async def interrupt_request(self, stream: Any, ident: Any, parent: dict[str, Any]) -> None:
        """Stop the running statement; the message comes on the control channel, on every system alike."""
        self.desk.stop()
        self._renewal.stop_asked()
        if self.session:
            self.session.send(stream, "interrupt_reply", {"status": "ok"}, parent, ident=ident)

    async def do_shutdown(self, restart: bool) -> dict[str, Any]:
        """Let go of the database and the judge."""
        self.desk.stop()
        self.desk.close()
        if self.shell:
            self.shell.exit_now = True
        return {"status": "ok", "restart": restart}

    async def _progressively_terminate_all_children(self) -> None:
        """Wait for no child: do_shutdown has ended the judge's, and Python's resource tracker, deaf to SIGTERM, ends with us."""

    def _run(self, code: str, count: int, cell_id: str | None) -> Trouble | None:
        if self._address_space is not None:
            self._address_space.cap()
        try:
            return run_cell(self.desk, code, lambda display: self._publish(display, count), cell_id)
        except Exception as fault:
            self.log.exception("A cell could not be run")
            if isinstance(fault, RecursionError):
                trouble = too_deep(self.desk.lang, code)
            elif isinstance(fault, NoJudge):
                trouble = no_judge(self.desk.lang, no_judge_sentence(fault, self.desk.lang))
            else:
                trouble = own_fault(self.desk.lang, f"{type(fault).__name__}: {fault}")
            self._publish(show_trouble(trouble, self.desk.lang), count)
            return trouble

    def _publish(self, display: Display, count: int) -> None:
        stays = display.replaces or not display.place
        if not self._style_sent and stays and display.data.get("text/html"):
            self._style_sent, display = True, with_style(display)
        content: dict[str, Any] = {"data": dict(display.data), "metadata": dict(display.metadata)}
        if display.is_result:
            kind, content = "execute_result", {**content, "execution_count": count}
        else:
            kind = "update_display_data" if display.replaces else "display_data"
            content["transient"] = {"display_id": display.place} if display.place else {}
        self.send_response(self.iopub_socket, kind, content)  # type: ignore[no-untyped-call]

    def _prepare_for_cell(self, cell_id: str | None) -> None:
        found = _LESSON_IN_ID.match(cell_id or "")
        if found:
            self.desk.lesson = found[1]
            self._prepare(found[1])

    def _prepare(self, lesson: str) -> None:
        if lesson not in self._prepared_for:
            self._prepared_for.add(lesson)
            self.desk.marker.prepare(lesson, self.desk.done)


def lesson_of_notebook() -> tuple[str | None, int | None]:
    """The lesson whose notebook this kernel was started for, and the numbering it was made in; both None if unknown."""
    named = os.environ.get("JPY_SESSION_NAME", "")
    path = Path(named)
    if not named or path.suffix != ".ipynb":
        return None, None
    for place in (path, Path.cwd() / path.name):
        try:
            penguin = json.loads(place.read_text(encoding="utf-8"))["metadata"]["penguin"]
            return str(penguin["lesson"]), int(penguin.get("numbering", 0))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            continue
    return None, None


def _plain(markdown: str) -> str:
    return markdown.replace("**", "").replace("`", "")


def _warm_up() -> None:
    """Import what the first query needs, while the learner reads."""
    import_module("pyarrow")
    import_module("duckdb")
