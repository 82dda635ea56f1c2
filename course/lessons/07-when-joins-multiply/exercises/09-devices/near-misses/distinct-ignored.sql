SELECT 4 AS count_rows, 4 AS count_distinct
