"""Seconds from command to usable lesson, from kernel start to first result, and for one answer run and graded.

    python bench/start.py [--rounds 3] [--scale std] [--no-browser] [--out FILE]

Beside each figure stands JupyterLab with the plain Python kernel, measured in the same run: opening a notebook, and
`1` as its first cell. "usable" means that the page shows the notebook and its kernel has answered.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_client.manager import KernelManager

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ANSWER = """-- Answer L1-07
SELECT guest_id, registered_at_utc FROM guests
WHERE prefecture = 'Tokyo' AND NOT is_test
ORDER BY registered_at_utc DESC, guest_id LIMIT 10"""
BROWSER_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]


def main() -> None:
    options = read_options()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "second-penguin"
        figures: dict[str, list[float]] = {"first start, data built": [timed(lambda: prepare(folder, options.scale))]}
        for _ in range(options.rounds):
            add(figures, "second start, nothing to build", timed(lambda: prepare(folder, options.scale)))
            measure_kernels(folder, figures)
            if options.browser:
                measure_pages(folder, figures, options.scale)
    report(figures, options.out)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scale", default="std")
    parser.add_argument("--no-browser", dest="browser", action="store_false")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def prepare(folder: Path, scale: str) -> None:
    command = [sys.executable, "-m", "classroom", "start", "--dir", str(folder), "--lang", "en", "--scale", scale]
    subprocess.run([*command, "--prepare-only"], check=True, stdout=subprocess.DEVNULL)


def measure_kernels(folder: Path, figures: dict[str, list[float]]) -> None:
    variables = {**os.environ, "PENGUIN_DATA": str(folder / ".penguin" / "marketplace-en.duckdb"), "PENGUIN_LANG": "en"}
    with kernel("penguin-sql", variables) as (begun, run):
        run("SELECT count(*) FROM guests")
        add(figures, "SQL kernel: start to first result", time.perf_counter() - begun)
        add(figures, "SQL kernel: a query again", timed(lambda: run("SELECT count(*) FROM guests")))
        add(figures, "SQL kernel: first answer run and graded", timed(lambda: run(ANSWER)))
        for number in range(10):
            add(figures, "SQL kernel: answer run and graded, warm", timed(lambda n=number: run(f"{ANSWER}\n-- {n}")))
    with kernel("python3", variables) as (begun, run):
        run("1")
        add(figures, "Python kernel: start to first result", time.perf_counter() - begun)
        add(figures, "Python kernel: a cell again", timed(lambda: run("1")))


@contextmanager
def kernel(name: str, variables: dict[str, str]) -> Iterator[tuple[float, Callable[[str], Any]]]:
    begun = time.perf_counter()
    manager = KernelManager(kernel_name=name)
    manager.start_kernel(env=variables)
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=120)
    try:
        yield begun, lambda code: client.execute_interactive(code, timeout=120, output_hook=lambda _: None)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def measure_pages(folder: Path, figures: dict[str, list[float]], scale: str) -> None:
    from playwright.sync_api import sync_playwright

    lesson = next(folder.glob("01 *.ipynb")).name
    plain = folder.parent / "plain"
    plain.mkdir(exist_ok=True)
    write_python_notebook(plain / "plain.ipynb")
    ours = [sys.executable, "-m", "classroom", "start", "--dir", str(folder), "--lang", "en", "--scale", scale]
    theirs = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={plain}", "--ServerApp.token=t"]
    theirs += ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=BROWSER_FLAGS)
        open_page(chromium, [*ours, "--no-browser", "--port", "8951"], lesson, "command to usable lesson", figures)
        plainly = [*theirs, "--no-browser", "--port=8961"]
        open_page(chromium, plainly, "plain.ipynb", "plain JupyterLab: command to usable notebook", figures)
        chromium.close()


def open_page(chromium: Any, command: list[str], notebook: str, name: str, figures: dict[str, list[float]]) -> None:
    """Start a server, open the notebook, wait until its kernel is idle after having been busy."""
    begun = time.perf_counter()
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
    context = chromium.new_context()
    try:
        base, token = address_of(server)
        page = context.new_page()
        page.goto(f"{base}/lab/tree/{notebook}?token={token}")
        page.locator(".jp-CodeCell .cm-content").first.wait_for(timeout=120_000)
        while not kernel_is_idle(page, base, token):
            page.wait_for_timeout(50)
        add(figures, name, time.perf_counter() - begun)
    finally:
        context.close()
        server.terminate()
        server.wait(30)


def address_of(server: subprocess.Popen[str]) -> tuple[str, str]:
    for line in server.stdout or ():
        if found := re.search(r"(http://(?:localhost|127\.0\.0\.1):\d+)/lab\S*token=(\w+)", line):
            return found[1], found[2]
    raise RuntimeError("the server printed no address")


def kernel_is_idle(page: Any, base: str, token: str) -> bool:
    kernels = page.request.get(f"{base}/api/kernels?token={token}").json()
    return any(each["execution_state"] == "idle" and each["connections"] for each in kernels)


def write_python_notebook(place: Path) -> None:
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": "1", "outputs": [], "execution_count": None}
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    place.write_text(json.dumps({"cells": [cell], "metadata": spec, "nbformat": 4, "nbformat_minor": 5}))


def find_chromium() -> str | None:
    named = os.environ.get("PENGUIN_CHROMIUM")
    system = (shutil.which(each) for each in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))
    return named or next(filter(None, system), None)


def timed(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def add(figures: dict[str, list[float]], name: str, seconds: float) -> None:
    figures.setdefault(name, []).append(seconds)
    print(f"  {seconds:7.2f}  {name}", file=sys.stderr, flush=True)


def report(figures: dict[str, list[float]], out: Path | None) -> None:
    print(f"{'seconds':<46}{'median':>8}{'least':>8}{'most':>8}{'n':>5}")
    for name, seconds in figures.items():
        low, middle, high = min(seconds), statistics.median(seconds), max(seconds)
        print(f"{name:<46}{middle:8.2f}{low:8.2f}{high:8.2f}{len(seconds):5d}")
    if out:
        out.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
