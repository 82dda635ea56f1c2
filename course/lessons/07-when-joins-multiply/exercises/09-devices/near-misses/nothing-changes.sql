SELECT 3 AS count_rows, 3 AS count_distinct
