"""`penguin start`, step by step: data, notebooks, home, JupyterLab."""
