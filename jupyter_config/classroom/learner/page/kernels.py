"""The kernels of a learner's room: the lessons' own, and no other by whatever name it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

if TYPE_CHECKING:
    from jupyter_client.kernelspec import KernelSpec

OURS = "penguin-sql"


class OneKernel(KernelSpecManager):
    """Knows one kernel. Jupyter's `allowed_kernelspecs` decides what is listed alone: who names another still gets it."""

    def find_kernel_specs(self) -> dict[str, str]:
        """The folder of the one kernel, by its name."""
        return {name: place for name, place in super().find_kernel_specs().items() if name == OURS}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """The one kernel; raises NoSuchKernel for every other."""
        if kernel_name != OURS:
            raise NoSuchKernel(kernel_name)
        return super().get_kernel_spec(kernel_name)
