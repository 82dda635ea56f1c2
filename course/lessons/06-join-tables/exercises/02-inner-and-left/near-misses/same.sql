SELECT 4 AS inner_rows, 4 AS left_rows
