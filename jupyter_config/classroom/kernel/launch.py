"""Starts the kernel's application."""

from __future__ import annotations

from ipykernel.kernelapp import IPKernelApp
from traitlets.config import Config

from classroom.kernel.kernel import SqlKernel
from classroom.kernel.limits import cap_address_space


def main() -> None:
    """Serve one notebook until it is shut down."""
    cap_address_space()
    IPKernelApp.launch_instance(kernel_class=SqlKernel, config=Config({"HistoryManager": {"enabled": False}}))
