"""The learner's JupyterLab: one kernel, no terminal, no news, no mentor's panels. `penguin start` loads it."""

c = get_config()  # noqa: F821  (Jupyter gives it to its configuration files)

c.ServerApp.terminals_enabled = False
c.ServerApp.jpserver_extensions = {
    "jupyter_server_terminals": False,
    "nbgrader.server_extensions.assignment_list": False,
    "nbgrader.server_extensions.course_list": False,
    "nbgrader.server_extensions.formgrader": False,
    "nbgrader.server_extensions.validate_assignment": False,
    "notebook": False,
    "jupyter_lsp": False,
    "jupyterlab": True,
    "classroom.room": True,
}
c.ServerApp.log_level = "WARN"
c.ServerApp.answer_yes = True

c.ServerApp.kernel_spec_manager_class = "classroom.learner.page.kernels.OneKernel"
c.KernelSpecManager.ensure_native_kernel = False
c.MultiKernelManager.default_kernel_name = "penguin-sql"
c.KernelManager.transport_encryption = "auto"

c.LabApp.custom_css = True
c.LabApp.news_url = None
c.LabServerApp.news_url = None
