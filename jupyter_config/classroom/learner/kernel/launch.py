"""Starts the kernel's application."""

from __future__ import annotations

import atexit
import os
import sys

from ipykernel.kernelapp import IPKernelApp
from traitlets.config import Config

from classroom.chosen_course import follow_course
from classroom.folder import find_folder
from classroom.learner.kernel.kernel import SqlKernel


def main() -> None:
    """Serve one notebook until it is shut down.

    Standard output and error stay the process's own: a log belongs to whoever started Jupyter, not into a cell.
    """
    if folder := find_folder():
        follow_course(folder.hidden)
    config = Config({"HistoryManager": {"enabled": False}, "IPKernelApp": {"outstream_class": None}})
    IPKernelApp.launch_instance(kernel_class=SqlKernel, config=config)
    leave_at_once()


def leave_at_once() -> None:
    """End the process after its exit functions: taking the native libraries down would cost a restart a second more."""
    atexit._run_exitfuncs()  # noqa: SLF001  (the interpreter's own way, called a moment earlier)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
