"""DuckDB, sealed: connections, statements that may run, small databases held and changed, DDL, CHECKs."""
