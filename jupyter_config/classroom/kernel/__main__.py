"""`python -m classroom.kernel -f connection.json`, as the kernelspec starts it."""

from ipykernel.kernelapp import IPKernelApp
from traitlets.config import Config

from classroom.kernel.kernel import SqlKernel
from classroom.kernel.limits import cap_address_space

if __name__ == "__main__":
    cap_address_space()
    IPKernelApp.launch_instance(kernel_class=SqlKernel, config=Config({"HistoryManager": {"enabled": False}}))
