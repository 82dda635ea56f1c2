"""Takes a query to work: DuckDB SQL as BigQuery SQL, with Redash parameters kept, and what it would read there."""

from classroom.learner.export.bigquery import BigQueryHandoff, to_bigquery
from classroom.learner.export.bytes_read import BytesRead, bytes_read

__all__ = ["BigQueryHandoff", "BytesRead", "bytes_read", "to_bigquery"]
