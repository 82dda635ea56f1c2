"""The mentor's JupyterLab: the class page's server side beside nbgrader's own panels. `penguin mentor start` loads it."""

c = get_config()  # noqa: F821  (Jupyter gives it to its configuration files)

c.ServerApp.jpserver_extensions = {"classroom.mentor.page": True}
