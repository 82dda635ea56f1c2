"""The kernel whose cells are SQL."""
