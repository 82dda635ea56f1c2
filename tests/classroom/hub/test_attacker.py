"""What somebody finds who searches a learner's account for solutions: its kernel's memory, and all files they can read."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jupyter_client.manager import KernelManager

from classroom.exchange.hub_line import HubLine
from classroom.exchange.judge_line import JudgeLine, JudgeRequest, NoJudge
from classroom.hub.prepared import answers_in, keep_from_others, prepare_edition
from coursebook import load_course

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from service_alone import Service

pytestmark = pytest.mark.filterwarnings("default")  # of the clients' libraries, not ours

WRONG = "-- Answer L1-02\nSELECT guest_id, verified_at_utc FROM guests ORDER BY guest_id LIMIT 5"
SOMEBODY_ELSE = 54_321
_LONG_ENOUGH = 40


def given_to_all(edition: Path) -> str:
    return "\n".join(each.read_text(encoding="utf-8") for each in edition.rglob("*") if each.is_file())


def secrets(edition: Path) -> list[str]:
    """Texts of solutions and of other right and wrong answers of lesson 1 that no learner is given beforehand."""
    public = given_to_all(edition)
    found = [
        file.text
        for exercise in load_course(None).lesson("L1").exercises
        for file in (*exercise.solutions, *exercise.also_right, *exercise.near_misses)
    ]
    return [each for each in found if len(each) > _LONG_ENOUGH and each.isascii() and each not in public]


def memory_of(process: int) -> Iterator[bytes]:
    """All that a process has in memory, piece by piece."""
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{process}/maps").read_text(encoding="ascii").splitlines():
            place, rights = line.split()[:2]
            start, end = (int(each, 16) for each in place.split("-"))
            if rights.startswith("r"):
                try:
                    memory.seek(start)
                    yield memory.read(end - start)
                except (OSError, OverflowError):  # the kernel's own pages
                    continue


def found_in_kernel(texts: list[str], variables: Mapping[str, str], folder: Path) -> set[str]:
    """The first of the texts that a kernel, or what it starts, holds in memory after it has judged a wrong answer."""
    import psutil

    manager = KernelManager(kernel_name="penguin-sql")
    manager.start_kernel(env={**os.environ, **variables}, cwd=str(folder))
    client = manager.blocking_client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=120)
        shown: list[str] = []
        client.execute_interactive(WRONG, timeout=120, output_hook=lambda each: shown.append(str(each["content"])))
        assert "registered_at_utc" in "".join(shown)  # a verdict, which names what was asked for
        kernel = psutil.Process(manager.provisioner.pid)
        for process in (kernel, *kernel.children(recursive=True)):
            for piece in memory_of(process.pid):
                if found := {each for each in texts if each.encode() in piece}:
                    return found
        return set()
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="nobody reads memory here")
def test_no_solution_is_in_a_learners_kernel(service: Service, edition: Path, practice: Path, tmp_path: Path) -> None:
    texts = secrets(edition)
    assert len(texts) > 10
    kernel = {"PENGUIN_DATA": str(practice.parent), "PENGUIN_LANG": "en"}
    shared = {
        "PENGUIN_SERVICE": service.address,
        "JUPYTERHUB_API_TOKEN": "token-learner01",
        "PENGUIN_COURSE": str(edition),
    }
    assert found_in_kernel(texts, {**kernel, **shared}, tmp_path) == set()
    assert found_in_kernel(texts, kernel, tmp_path), "the search finds what a kernel that judges for itself holds"


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="hub-"))
    place.chmod(0o755)
    yield place
    shutil.rmtree(place)


def as_somebody_else(*command: str) -> str:
    done = subprocess.run(
        command, user=SOMEBODY_ELSE, group=SOMEBODY_ELSE, extra_groups=[], capture_output=True, text=True, check=False
    )
    return done.stdout


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="another account cannot be taken here: that takes root"
)
def test_another_account_finds_no_solution_in_files_and_sees_nothing_of_the_judge(
    service: Service, open_to_all: Path
) -> None:
    course = load_course(None)
    whole = open_to_all / "course"
    shutil.copytree(course.root, whole, ignore=shutil.ignore_patterns("coursebook", "__pycache__"))
    edition = prepare_edition(course, open_to_all / "data")
    public = given_to_all(edition)
    lines = {line.strip() for each in secrets(edition) for line in each.splitlines()}
    texts = open_to_all / "texts"
    texts.write_text(
        "\n".join(each for each in lines if len(each) > _LONG_ENOUGH and each not in public), encoding="utf-8"
    )
    search = ("grep", "-rlF", "-f", str(texts), str(whole), str(edition))
    assert as_somebody_else(*search), "the search finds them while the course lies open"
    package = open_to_all / "marketplace"
    shutil.copytree(Path(str(files("marketplace"))) / "checks", package / "checks")
    planted = ("grep", "-rl", "planted en", str(package))
    assert as_somebody_else(*planted), "so it does what was planted in the data"
    list(keep_from_others(answers_in(whole, package)))
    assert as_somebody_else(*search) == as_somebody_else(*planted) == ""
    assert as_somebody_else("grep", "-rlF", "SELECT", str(edition)) != ""
    assert service.process is not None
    for each in (service.process, *service.process.children(recursive=True)):
        for file in ("environ", "mem", "maps"):
            assert as_somebody_else("head", "-c", "10", f"/proc/{each.pid}/{file}") == ""


def asked(service: Service, who: str, duty: str, **more: object) -> Any:
    """What a program in a room's place gets from the service."""
    line = JudgeLine(HubLine(service.address, f"token-{who}"), patience=30)
    return line.ask(duty, JudgeRequest("ja", "L1-02", **{"text": WRONG.partition("\n")[2], **more}))


def test_a_program_gets_no_solution_before_an_answer_ran_and_each_hint_was_opened(service: Service) -> None:
    solution = load_course(None).exercise("L1-02").solution
    never_run = asked(service, "learner10", "reveal", text="SELECT nothing FROM nowhere")
    assert never_run == {"lacks": ["answer", "idea", "simpler"]}
    assert asked(service, "learner10", "judge")["judgement"]["outcome"] == "refuted"
    lacks = asked(service, "learner10", "reveal")["lacks"]
    assert "answer" not in lacks
    assert lacks == [*asked(service, "learner10", "simpler")["lacks"], "simpler"]
    for hint in lacks[:-1]:
        assert solution not in json.dumps(asked(service, "learner10", "reveal"))
        assert asked(service, "learner10", "hint", hint=hint) == {}
    assert asked(service, "learner10", "reveal")["lacks"] == ["simpler"]
    form = asked(service, "learner10", "simpler")["form"]
    assert "registered_at_utc" not in json.dumps(form)
    assert solution in asked(service, "learner10", "reveal")["told"]["solutions"]
    assert asked(service, "learner11", "reveal")["lacks"], "what one has opened opens nothing for another"


@pytest.mark.parametrize("hint", ["simpler", "shape", "solution", "ran", "early", "", "x" * 100_000])
def test_no_hint_that_the_service_makes_itself_can_be_reported_to_it(service: Service, hint: str) -> None:
    with pytest.raises(NoJudge):
        asked(service, "learner12", "hint", hint=hint)


def test_what_was_opened_outlives_the_service_and_is_not_forged_by_its_end(service: Service) -> None:
    asked(service, "learner13", "judge")
    asked(service, "learner13", "hint", hint="idea")
    before = asked(service, "learner13", "reveal")["lacks"]
    service.kill()
    service.start()
    assert asked(service, "learner13", "reveal")["lacks"] == before
    assert "idea" not in before
    assert asked(service, "learner14", "reveal")["lacks"][:2] == ["answer", "idea"]
