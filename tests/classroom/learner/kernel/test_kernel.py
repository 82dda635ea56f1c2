"""The kernel as Jupyter's clients meet it: a process that speaks the protocol."""

from __future__ import annotations

import mmap
import os
import re
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient

from classroom.messages import say
from coursebook import compile_lesson, load_course
from coursebook.answer_cell import first_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jupyter_client.blocking.client import BlockingKernelClient

pytestmark = pytest.mark.filterwarnings("default")  # of the clients' libraries, not ours

ENDLESS = "SELECT count(*) FROM range(10000000) a, range(10000000) b"


@dataclass
class Reply:
    """What came back for one request."""

    status: str
    messages: list[dict[str, Any]] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        return [each["msg_type"] for each in self.messages]

    @property
    def plain(self) -> str:
        return "\n".join(each["content"].get("data", {}).get("text/plain", "") for each in self.messages)


@dataclass
class Kernel:
    manager: Any
    client: BlockingKernelClient

    def run(self, code: str) -> Reply:
        messages: list[dict[str, Any]] = []
        reply = self.client.execute_interactive(code, timeout=120, output_hook=messages.append)
        return Reply(reply["content"]["status"], [each for each in messages if each["msg_type"] != "status"])

    def ask(self, request: str, code: str, cursor: int) -> dict[str, Any]:
        content: dict[str, Any] = getattr(self.client, request)(code, cursor, reply=True, timeout=20)["content"]
        return content


@pytest.fixture(scope="module")
def kernel(practice: Any) -> Iterator[Kernel]:
    with started(practice) as kernel:
        yield kernel


@contextmanager
def started(practice: Any, log: Any = None, cwd: Path | None = None, **variables: str) -> Iterator[Kernel]:
    """A kernel of its own, with what it writes to standard error in a file."""
    manager = KernelManager(kernel_name="penguin-sql", transport_encryption="auto")
    manager.start_kernel(
        env={**os.environ, "PENGUIN_DATA": str(practice), "PENGUIN_LANG": "ja", **variables}, stderr=log, cwd=cwd
    )
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    yield Kernel(manager, client)
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_a_cell_shows_a_table_as_html_and_text(kernel: Kernel) -> None:
    reply = kernel.run("SELECT 1 AS n")
    assert reply.status == "ok"
    assert reply.kinds == ["execute_input", "display_data"]
    assert set(reply.messages[-1]["content"]["data"]) == {"text/html", "text/plain"}


def test_a_failing_ordinary_cell_is_an_error_without_stderr(kernel: Kernel) -> None:
    reply = kernel.run("SELECT * FROM gests")
    assert reply.status == "error"
    assert "stream" not in reply.kinds


def test_stop_ends_a_query_and_the_next_one_runs(kernel: Kernel) -> None:
    threading.Timer(0.5, kernel.manager.interrupt_kernel).start()
    began = time.monotonic()
    assert say("stopped.title", "ja") in kernel.run(ENDLESS).plain
    assert time.monotonic() - began < 20
    assert kernel.run("SELECT 1").status == "ok"


def test_grade_is_an_execute_result_with_a_plain_number(kernel: Kernel) -> None:
    reply = kernel.run("%grade L1-01")
    assert reply.kinds == ["execute_input", "execute_result"]
    assert float(reply.plain) == 0.0


def test_a_judged_answer_leaves_room_for_a_query_that_takes_a_few_hundred_megabytes(kernel: Kernel) -> None:
    kernel.run("-- 解答 L1-07\nSELECT guest_id FROM guests LIMIT 3")
    heavy = "SELECT length(string_agg(repeat('x', 1000), '')) AS characters FROM range(100000)"
    assert "100000000" in kernel.run(heavy).plain


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux caps the address space")
def test_what_a_large_query_has_mapped_is_no_room_lost_for_the_cells_after_it(kernel: Kernel) -> None:
    kernel.run(" UNION ALL ".join(f"SELECT {number} AS n" for number in range(5_000)))
    assert kernel.run("SELECT 1 AS n").status == "ok"
    process = Path("/proc") / str(kernel.manager.provisioner.pid)
    mapped = int((process / "statm").read_text().split()[0]) * mmap.PAGESIZE
    [cap] = re.findall(r"Max address space +(\d+)", (process / "limits").read_text())
    assert int(cap) - mapped > 500_000_000


@pytest.mark.parametrize("asked", ["debug_request", "usage_request", "connect_request", "apply_request"])
def test_no_message_but_the_lessons_own_is_answered(kernel: Kernel, asked: str) -> None:
    commands = {"seq": 1, "type": "request", "command": "debugInfo", "arguments": {}}
    for channel, replies in (
        (kernel.client.control_channel, kernel.client.get_control_msg),
        (kernel.client.shell_channel, kernel.client.get_shell_msg),
    ):
        message, after = (kernel.client.session.msg(each, commands) for each in (asked, "kernel_info_request"))
        for each in (message, after):
            channel.send(each)
        about = []
        while after["header"]["msg_id"] not in about:  # one after the other is answered, and that one is
            about.append(replies(timeout=60)["parent_header"].get("msg_id"))
        assert message["header"]["msg_id"] not in about
    assert "debugger" not in kernel.client.kernel_info(reply=True, timeout=20)["content"]["supported_features"]


def test_tab_and_shift_tab_answer(kernel: Kernel) -> None:
    assert kernel.ask("complete", "SELECT * FROM gues", 18)["matches"] == ["guest_devices", "guests"]
    assert "prefecture" in kernel.ask("inspect", "SELECT * FROM guests", 16)["data"]["text/markdown"]


def test_no_cell_runs_python(kernel: Kernel) -> None:
    reply = kernel.run("__import__('pathlib').Path('made.txt').write_text('x')")
    assert reply.status == "error"
    assert kernel.run("%run made.py").status == "error"
    assert kernel.run("!touch made.txt").status == "error"


def test_the_kernel_names_its_language(kernel: Kernel) -> None:
    info = kernel.client.kernel_info(reply=True, timeout=20)["content"]["language_info"]
    assert info["name"] == "sql"
    assert info["codemirror_mode"] == "sql"


UNHEEDING = "SELECT length(range(TIMESTAMP '1900-01-01', TIMESTAMP '9999-01-01', INTERVAL 1 microsecond)) AS n"
"""One expression that takes minutes, in which the engine looks for no interrupt."""


@pytest.mark.skipif(sys.platform == "win32", reason="there Jupyter starts the next process itself")
def test_what_heeds_no_interrupt_ends_with_its_process_and_nothing_is_lost(practice: Any, tmp_path: Path) -> None:
    (tmp_path / ".penguin").mkdir()
    with started(practice, cwd=tmp_path, PENGUIN_QUERY_SECONDS="2") as kernel:
        kernel.run("CREATE TABLE my.kept AS SELECT 7 AS n")
        began = time.monotonic()
        ended = kernel.run(UNHEEDING)
        assert ended.status == "error"
        assert say("unheeding.out_of_time", "ja", seconds="2") in ended.plain
        assert time.monotonic() - began < 40
        assert "7" in kernel.run("SELECT n FROM my.kept").plain
        threading.Timer(0.5, kernel.manager.interrupt_kernel).start()
        first, second = (kernel.client.execute(each) for each in (UNHEEDING, "SELECT 1"))
        replies: dict[str, str] = {}
        while not {first, second} <= set(replies):
            reply = kernel.client.get_shell_msg(timeout=60)
            replies.setdefault(reply["parent_header"]["msg_id"], reply["content"]["status"])
        assert (replies[first], replies[second]) == ("error", "aborted")
        assert kernel.run("SELECT n FROM my.kept").status == "ok"


@pytest.mark.skipif(sys.platform == "win32", reason="there Jupyter starts the next process itself")
def test_an_answer_that_heeds_no_interrupt_leaves_no_place_that_says_it_is_being_graded(practice: Any) -> None:
    with started(practice, PENGUIN_QUERY_SECONDS="1") as kernel:
        ended = kernel.run(f"{first_line('L1-07', 'ja')}\n{UNHEEDING}")
    places: dict[str, str] = {}
    for each in ended.messages:
        if place := each["content"].get("transient", {}).get("display_id"):
            places[place] = each["content"]["data"].get("text/plain", "")
    told = [text for text in places.values() if text.strip()]
    assert [say("unheeding.out_of_time", "ja", seconds="1") in text for text in told] == [True]


FAULTY = """
from importlib import import_module
def fails(*_):
    raise RuntimeError("a fault of ours")
import_module("sqlgrade.diagnose.facts.row_facts").row_facts = fails
import_module("classroom.learner.panel.help_panel").offers_for = fails
"""
"""Run by Python as it starts, in the kernel and in the judge's process: a kind of facts fails, and the panel."""


def test_a_fault_of_ours_costs_a_sentence_and_its_log_reaches_no_cell(practice: Any, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(FAULTY, encoding="utf-8")
    log, place = tmp_path / "log", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    with log.open("w") as file, started(practice, file, PYTHONPATH=place) as kernel:
        reply = kernel.run(f"{first_line('L1-05', 'ja')}\nSELECT display_name, cast_id FROM casts")
    assert not {"stream", "error"} & set(reply.kinds)
    assert say("verdict.refuted", "ja") in reply.plain
    assert "a fault of ours" not in reply.plain
    written = log.read_text(encoding="utf-8")
    assert "facts: fails failed" in written
    assert "the panel under an answer to L1-05 could not be made" in written


def test_lesson_one_runs_from_top_to_bottom_without_widgets(environment: dict[str, str]) -> None:
    """In Japanese; in English it is worked through with widgets in `tests/browser/test_room.py`."""
    lesson = load_course().lesson("L1")
    notebook: Any = nbformat.reads(compile_lesson(lesson, "ja", "learner").decode(), 4)  # type: ignore[no-untyped-call]
    solutions = {f"answer-{each.id}": each.in_language("ja").solution for each in lesson.exercises}
    for cell in notebook.cells:
        if cell.id in solutions and cell.cell_type == "code":
            cell.source = f"{cell.source.splitlines()[0]}\n{solutions[cell.id]}"
    NotebookClient(notebook, kernel_name="penguin-sql", timeout=240).execute()
    shown = {cell.id: texts_of(cell) for cell in notebook.cells if cell.cell_type == "code"}
    not_accepted = [name for name in solutions if "✓" not in shown[name]]
    assert not_accepted == []


def texts_of(cell: Any) -> str:
    return "\n".join("".join(each.get("data", {}).get("text/plain", "")) for each in cell.outputs)
