SELECT 4 AS count_rows, 2 AS count_distinct
