SELECT 12 AS inner_rows, 12 AS left_rows
