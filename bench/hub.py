"""What a learner costs on a real JupyterHub, and how long verdicts take while many learn at once.

    python bench/hub.py [--learners 3 10 30] [--answers 20] [--think 5] [--plain 3] [--scale std] [--step 240] [--minutes 20] [--out FILE]

JupyterHub with its proxy, one server for each learner, all on this machine: each signs in, asks for Home, opens lesson 1,
and runs answers, right and wrong in turn, with a pause for thought. Memory is the proportional set size (PSS) of a
learner's processes at the end, CPU their seconds, beside them those of the service that judges for all; a rush is the time
until the last of all who sign in at once can begin. Beside it, in the same run, JupyterHub with JupyterLab and the Python
kernel (--plain), which grades nothing. Whoever waits longer than --step seconds for one thing, or is not done after --minutes,
is left out by name, and the figures are of the others; how far all are is told on standard error meanwhile.
The proxy is the one that operators install with Node, where it is on the PATH.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import psutil
import requests
import websocket

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))

from company import PROXY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SETTINGS = Path(__file__).resolve().parents[1] / "jupyter_config" / "hub" / "jupyterhub_config.py"
TOKEN = uuid.uuid4().hex
SCOPES = ["admin:users", "admin:servers", "access:servers", "read:servers"]
RIGHT = "-- Answer L1-02\nSELECT guest_id, registered_at_utc FROM guests ORDER BY guest_id LIMIT 5"
WRONG = "-- Answer L1-02\nSELECT guest_id, verified_at_utc FROM guests ORDER BY guest_id LIMIT 5"


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds."""

    step: float
    """For one thing: a server, a page, a verdict."""
    end: float
    """When all has to be over, on the clock of time.monotonic."""

    def left(self, begun: float | None = None) -> float:
        """What is left for a step that has begun now, or at that time of the same clock; raises TimeoutError if nothing."""
        now = time.monotonic()
        left = min(self.step - (now - (begun or now)), self.end - now)
        if left <= 0:
            raise TimeoutError("waited long enough")
        return left


@dataclass
class Learner:
    """One who learns, and what was measured."""

    name: str
    hub: str
    patience: Patience
    ready: float = 0.0
    seconds: list[float] = field(default_factory=list)
    fault: str = ""
    """Why this learner's evening ended before its end."""

    def ask(self, method: str, path: str, **more: Any) -> requests.Response:
        """Ask the hub or the learner's server."""
        answer = requests.request(
            *(method, f"{self.hub}{path}"),
            headers={"Authorization": f"token {TOKEN}"},
            timeout=self.patience.left(),
            **more,
        )
        answer.raise_for_status()
        return answer

    def sign_in(self) -> None:
        """Have the hub start the learner's server, and wait until it answers."""
        begun = time.monotonic()
        self.ask("POST", f"/hub/api/users/{self.name}")
        self.ask("POST", f"/hub/api/users/{self.name}/server")
        while True:
            server = self.ask("GET", f"/hub/api/users/{self.name}").json()["servers"].get("")
            if server is None:
                raise RuntimeError("the server did not start")
            if server["ready"]:
                break
            time.sleep(min(0.2, self.patience.left(begun)))
        self.ready = time.monotonic() - begun

    def learn(self, cells: list[str], think: float, *, plain: bool) -> None:
        """Open Home and lesson 1, and run cells in its kernel."""
        here = f"/user/{self.name}"
        notebook = "plain.ipynb"
        if not plain:
            self.ask("GET", f"{here}/penguin/standing")
            listed = self.ask("GET", f"{here}/api/contents").json()["content"]
            notebook = next(each["name"] for each in listed if each["name"].startswith("01 "))
        wanted = {
            "path": notebook,
            "name": notebook,
            "type": "notebook",
            "kernel": {"name": "python3" if plain else "penguin-sql"},
        }
        kernel = self.ask("POST", f"{here}/api/sessions", json=wanted).json()["kernel"]["id"]
        address = self.hub.replace("http", "ws", 1) + f"{here}/api/kernels/{quote(kernel)}/channels"
        line = websocket.create_connection(
            address, timeout=self.patience.left(), header=[f"Authorization: token {TOKEN}"], suppress_origin=True
        )
        for cell in cells:
            time.sleep(think)
            begun = time.monotonic()
            run(line, cell, self.patience)
            self.seconds.append(time.monotonic() - begun)
        line.close()


def run(line: websocket.WebSocket, cell: str, patience: Patience) -> None:
    """Run a cell and wait until the kernel has nothing more to do."""
    begun = time.monotonic()
    number = uuid.uuid4().hex
    header = {"msg_id": number, "msg_type": "execute_request", "username": "", "session": number, "version": "5.3"}
    content = {"code": cell, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
    line.send(
        json.dumps({"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"})
    )
    while True:
        line.settimeout(patience.left(begun))
        said = json.loads(line.recv())
        if (
            said["parent_header"].get("msg_id") == number
            and said["msg_type"] == "status"
            and said["content"]["execution_state"] == "idle"
        ):
            return


@contextmanager
def hub(place: Path, *, plain: bool) -> Iterator[tuple[str, psutil.Process]]:
    """A running hub: its address and its process."""
    front, inner, api, service = free_ports(4)
    variables = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    if not plain:
        variables |= {"PENGUIN_DATA": str(place / "data"), "PENGUIN_LANG": "en"}
        variables["PENGUIN_SERVICE_ADDRESS"] = f"http://127.0.0.1:{service}"
    lines = [
        f"load_subconfig({str(SETTINGS)!r})",
        "c = get_config()",
        "c.JupyterHub.authenticator_class = 'dummy'",
        "c.JupyterHub.spawner_class = 'simple'",
        "c.JupyterHub.log_level = 'WARN'",
        "c.JupyterHub.concurrent_spawn_limit = 0",
        f"c.SimpleLocalProcessSpawner.home_dir_template = {str(place / ('plain' if plain else 'ours') / '{username}')!r}",
        f"c.JupyterHub.bind_url = 'http://127.0.0.1:{front}'",
        f"c.JupyterHub.hub_port = {inner}",
        f"c.ConfigurableHTTPProxy.api_url = 'http://127.0.0.1:{api}'",
        f"c.ConfigurableHTTPProxy.command = {PROXY!r}",
        f"c.JupyterHub.services.append({{'name': 'bench', 'api_token': {TOKEN!r}}})",
        f"c.JupyterHub.load_roles.append({{'name': 'bench', 'services': ['bench'], 'scopes': {SCOPES}}})",
    ]
    if plain:
        lines += [
            "c.Spawner.pre_spawn_hook = None",
            "c.Spawner.cmd = ['jupyterhub-singleuser']",
            "c.Spawner.args = ['--allow-root']",
        ]
    home = place / f"hub-{uuid.uuid4().hex[:6]}"
    home.mkdir()
    (home / "config.py").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with (home / "hub.log").open("wb") as log:
        process = psutil.Popen(
            [sys.executable, "-m", "jupyterhub", "-f", "config.py"],
            cwd=home,
            env={**variables, "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))},
            stdout=log,
            stderr=log,
        )
    address = f"http://127.0.0.1:{front}"
    try:
        wait_for(f"{address}/hub/api", process, home / "hub.log")
        yield address, process
    finally:
        members = process.children(recursive=True)
        process.terminate()  # ends rooms, service and proxy too
        _, alive = psutil.wait_procs([process, *members], 60)
        for each in alive:
            each.kill()


def wait_for(url: str, process: psutil.Process, log: Path) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        try:
            if requests.get(url, timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.3)
    raise RuntimeError(log.read_text(errors="replace")[-3000:])


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def cost(process: psutil.Process) -> tuple[float, float]:
    """PSS in MiB and CPU seconds of a process with all that it has started and that it has seen end."""
    memory, seconds = 0.0, 0.0
    for each in (process, *process.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):  # it may end meanwhile
            memory += each.memory_full_info().pss / 2**20
            times = each.cpu_times()
            seconds += times.user + times.system + times.children_user + times.children_system
    return memory, seconds


def measure(place: Path, count: int, options: argparse.Namespace, *, plain: bool) -> dict[str, Any]:
    cells = (
        ["1 + 1"] * options.answers if plain else [(WRONG, RIGHT)[n % 2] + f" -- {n}" for n in range(options.answers)]
    )
    with hub(place, plain=plain) as (address, process):
        patience = Patience(options.step, time.monotonic() + 60 * options.minutes)
        learners = [Learner(f"learner{number:03d}", address, patience) for number in range(count)]
        at_once(learners, Learner.sign_in, "signed in")
        there, begun = [each for each in learners if not each.fault], time.monotonic()
        at_once(there, lambda each: each.learn(cells, options.think, plain=plain), "finished")
        wall = time.monotonic() - begun
        servers = {each: " ".join(each.cmdline()) for each in process.children()}
        costs = [cost(each) for each, command in servers.items() if "singleuser" in command]
        judges = [cost(each) for each, command in servers.items() if " serve " in command]
        whole = cost(process)[0]
    return {
        "learners": count,
        "left_out": {each.name: each.fault for each in learners if each.fault},
        "rush_seconds": rounded(max, [each.ready for each in there], 1),
        "pss_mib_a_learner": rounded(statistics.mean, [memory for memory, _ in costs], 1),
        "cpu_seconds_a_learner": rounded(statistics.mean, [cpu for _, cpu in costs], 1),
        "pss_mib_judge_for_all": round(sum(memory for memory, _ in judges), 1),
        "cpu_seconds_judge_for_all": round(sum(cpu for _, cpu in judges), 1),
        "pss_mib_all": round(whole, 1),
        "first_verdict_p50": rounded(statistics.median, [each.seconds[0] for each in there if each.seconds], 2),
        "verdicts": sum(len(each.seconds) for each in there),
        **spread([seconds for each in there for seconds in each.seconds[1:]]),
        "wall_seconds": round(wall, 1),
    }


def rounded(of: Callable[[list[float]], float], values: list[float], digits: int) -> float | None:
    """A figure, or None where there is nothing to make it of."""
    return round(of(values), digits) if values else None


def spread(seconds: list[float]) -> dict[str, float | None]:
    """How long verdicts after the first took."""
    return {
        "verdict_p50": rounded(statistics.median, seconds, 3),
        "verdict_p95": rounded(lambda each: sorted(each)[int(0.95 * (len(each) - 1))], seconds, 3),
    }


def at_once(learners: list[Learner], work: Callable[[Learner], None], done: str) -> None:
    """Let all do something at the same time, and tell how many have; whoever can't keeps the reason."""
    finished = 0
    lock = threading.Lock()

    def guarded(learner: Learner) -> None:
        nonlocal finished
        try:
            work(learner)
        except Exception as fault:  # noqa: BLE001  (told here, and with the figures)
            learner.fault = f"{type(fault).__name__}: {fault}"[:200]
        with lock:
            finished += not learner.fault
            told = learner.fault or f"{finished} of {len(learners)} {done}"
            print(f"{learner.name}, {time.monotonic() - begun:.0f} s: {told}", file=sys.stderr, flush=True)

    begun = time.monotonic()
    threads = [threading.Thread(target=guarded, args=(each,), daemon=True) for each in learners]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def main() -> None:
    options = read_options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # no hub is left running
    rows: dict[str, list[dict[str, Any]]] = {"second penguin": [], "plain": []}
    sizes = [("second penguin", count) for count in options.learners] + [("plain", options.plain)] * bool(options.plain)
    with tempfile.TemporaryDirectory(prefix="hub-", ignore_cleanup_errors=True) as named:
        place = Path(named)
        command = [sys.executable, "-m", "classroom", "hub", "prepare", str(place / "data"), "--scale", options.scale]
        subprocess.run([*command, "--nights", "1"], check=True, stdout=subprocess.DEVNULL)
        for which, count in sizes:
            shutil.rmtree(place / "ours", ignore_errors=True)
            rows[which].append(measure(place, count, options, plain=which == "plain"))
            print(which, rows[which][-1], flush=True)
            if options.out:
                options.out.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learners", type=int, nargs="+", default=[3, 10, 30])
    parser.add_argument("--answers", type=int, default=20)
    parser.add_argument("--think", type=float, default=5.0, help="seconds before each answer")
    parser.add_argument("--plain", type=int, default=3, help="learners on plain JupyterHub; 0 leaves it out")
    parser.add_argument("--scale", default="std")
    parser.add_argument("--step", type=float, default=240.0, help="seconds to wait for a server, a page or a verdict")
    parser.add_argument("--minutes", type=float, default=20.0, help="minutes for all that so many learners do")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
