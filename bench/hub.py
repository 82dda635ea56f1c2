"""What a learner costs on a real JupyterHub, and how long verdicts take while many learn at once.

    python bench/hub.py [--learners 3 10 30] [--answers 20] [--think 5] [--plain 3] [--scale std] [--out FILE]

JupyterHub with its proxy, one server for each learner, all on this machine: each signs in, asks for Home, opens lesson 1,
and runs answers, right and wrong in turn, with a pause for thought. Memory is the proportional set size (PSS) of a
learner's processes at the end, CPU their seconds, beside them those of the service that judges for all; a rush is the time
until the last of all who sign in at once can begin. Beside it, in the same run, JupyterHub with JupyterLab and the Python
kernel (--plain), which grades nothing.
Needs the hub extra and configurable-http-proxy on the PATH.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import psutil
import requests
import websocket

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS = Path(__file__).resolve().parents[1] / "jupyter_config" / "hub" / "jupyterhub_config.py"
TOKEN = uuid.uuid4().hex
SCOPES = ["admin:users", "admin:servers", "access:servers", "read:servers"]
RIGHT = "-- Answer L1-02\nSELECT guest_id, registered_at_utc FROM guests ORDER BY guest_id LIMIT 5"
WRONG = "-- Answer L1-02\nSELECT guest_id, verified_at_utc FROM guests ORDER BY guest_id LIMIT 5"


@dataclass
class Learner:
    """One who learns, and what was measured."""

    name: str
    hub: str
    ready: float = 0.0
    seconds: list[float] = field(default_factory=list)

    def ask(self, method: str, path: str, **more: Any) -> requests.Response:
        """Ask the hub or the learner's server."""
        answer = requests.request(
            method, f"{self.hub}{path}", headers={"Authorization": f"token {TOKEN}"}, timeout=600, **more
        )
        answer.raise_for_status()
        return answer

    def sign_in(self) -> None:
        """Have the hub start the learner's server, and wait until it answers."""
        begun = time.perf_counter()
        self.ask("POST", f"/hub/api/users/{self.name}")
        self.ask("POST", f"/hub/api/users/{self.name}/server")
        while not self.ask("GET", f"/hub/api/users/{self.name}").json()["servers"].get("", {}).get("ready"):
            time.sleep(0.2)
        self.ready = time.perf_counter() - begun

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
            address, timeout=600, header=[f"Authorization: token {TOKEN}"], suppress_origin=True
        )
        for cell in cells:
            time.sleep(think)
            begun = time.perf_counter()
            run(line, cell)
            self.seconds.append(time.perf_counter() - begun)
        line.close()


def run(line: websocket.WebSocket, cell: str) -> None:
    """Run a cell and wait until the kernel has nothing more to do."""
    number = uuid.uuid4().hex
    header = {"msg_id": number, "msg_type": "execute_request", "username": "", "session": number, "version": "5.3"}
    content = {"code": cell, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
    line.send(
        json.dumps({"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"})
    )
    while True:
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
        f"c.ConfigurableHTTPProxy.command = {shutil.which('configurable-http-proxy')!r}",
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
        process.terminate()
        process.wait(120)


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
    members = [process, *process.children(recursive=True)]
    memory = sum(each.memory_full_info().pss for each in members) / 2**20
    times = [each.cpu_times() for each in members]
    return memory, sum(t.user + t.system + t.children_user + t.children_system for t in times)


def measure(place: Path, count: int, options: argparse.Namespace, *, plain: bool) -> dict[str, float]:
    cells = (
        ["1 + 1"] * options.answers if plain else [(WRONG, RIGHT)[n % 2] + f" -- {n}" for n in range(options.answers)]
    )
    with hub(place, plain=plain) as (address, process):
        learners = [Learner(f"learner{number:03d}", address) for number in range(count)]
        at_once([each.sign_in for each in learners])
        begun = time.perf_counter()
        at_once([lambda each=each: each.learn(cells, options.think, plain=plain) for each in learners])
        wall = time.perf_counter() - begun
        servers = [each for each in process.children() if "singleuser" in " ".join(each.cmdline())]
        costs = [cost(each) for each in servers]
        judges = [cost(each) for each in process.children() if "serve" in each.cmdline()]
        whole = cost(process)[0]
    first, later = [each.seconds[0] for each in learners], [s for each in learners for s in each.seconds[1:]]
    return {
        "learners": count,
        "rush_seconds": round(max(each.ready for each in learners), 1),
        "pss_mib_a_learner": round(statistics.mean(memory for memory, _ in costs), 1),
        "cpu_seconds_a_learner": round(statistics.mean(cpu for _, cpu in costs), 1),
        "pss_mib_judge_for_all": round(sum(memory for memory, _ in judges), 1),
        "cpu_seconds_judge_for_all": round(sum(cpu for _, cpu in judges), 1),
        "pss_mib_all": round(whole, 1),
        "first_verdict_p50": round(statistics.median(first), 2),
        "verdict_p50": round(statistics.median(later), 3),
        "verdict_p95": round(sorted(later)[int(0.95 * (len(later) - 1))], 3),
        "wall_seconds": round(wall, 1),
    }


def at_once(works: list[Any]) -> None:
    faults: list[BaseException] = []

    def guarded(work: Any) -> None:
        try:
            work()
        except BaseException as fault:  # noqa: BLE001  (told below)
            faults.append(fault)

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    if faults:
        raise faults[0]


def main() -> None:
    options = read_options()
    if shutil.which("configurable-http-proxy") is None:
        sys.exit("no proxy: npm install --global configurable-http-proxy")
    rows: dict[str, list[dict[str, float]]] = {"second penguin": [], "plain": []}
    with tempfile.TemporaryDirectory(prefix="hub-") as named:
        place = Path(named)
        command = [sys.executable, "-m", "classroom", "hub", "prepare", str(place / "data"), "--scale", options.scale]
        subprocess.run([*command, "--nights", "1"], check=True, stdout=subprocess.DEVNULL)
        for count in options.learners:
            shutil.rmtree(place / "ours", ignore_errors=True)
            rows["second penguin"].append(measure(place, count, options, plain=False))
            print(rows["second penguin"][-1], flush=True)
        if options.plain:
            rows["plain"].append(measure(place, options.plain, options, plain=True))
            print("plain", rows["plain"][-1], flush=True)
    if options.out:
        options.out.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learners", type=int, nargs="+", default=[3, 10, 30])
    parser.add_argument("--answers", type=int, default=20)
    parser.add_argument("--think", type=float, default=5.0, help="seconds before each answer")
    parser.add_argument("--plain", type=int, default=3, help="learners on plain JupyterHub; 0 leaves it out")
    parser.add_argument("--scale", default="std")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
