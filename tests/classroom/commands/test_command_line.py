"""Every sub-command of `penguin` is listed, is there, and tells what it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from classroom.cli import COMMANDS, main

if TYPE_CHECKING:
    from classroom.cli import Command


def test_help_lists_every_command_with_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    lines = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert lines == [[each.name, each.help] for each in COMMANDS]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each.name)
def test_a_command_tells_what_it_takes(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command.name, "--help"])
    assert ended.value.code in (0, None)
    assert f"penguin {command.name}" in " ".join(capsys.readouterr().out.split())


def test_what_is_no_command_is_told_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["graed"])
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert all(each.help in told for each in COMMANDS)
