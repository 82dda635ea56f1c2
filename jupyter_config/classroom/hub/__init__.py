"""A room or a desk as one of many: what JupyterHub's spawner starts, and what is made once for all."""
