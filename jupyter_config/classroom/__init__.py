"""The classroom: the SQL kernel, the panels, the mentors' desk and the `penguin` command."""
