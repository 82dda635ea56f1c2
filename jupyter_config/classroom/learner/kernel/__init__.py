"""Cells in, displays out: what the kernel does with a cell."""
