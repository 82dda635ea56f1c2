"""What JupyterLab's page asks the server: standing, tries and lessons as typed records, without a kernel."""
