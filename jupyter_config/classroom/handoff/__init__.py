"""Takes a query to work: DuckDB SQL as BigQuery SQL, with Redash parameters kept."""

from classroom.handoff.bigquery import BigQueryHandoff, to_bigquery
from classroom.handoff.redash import fill_parameters, parameter_names

__all__ = ["BigQueryHandoff", "fill_parameters", "parameter_names", "to_bigquery"]
