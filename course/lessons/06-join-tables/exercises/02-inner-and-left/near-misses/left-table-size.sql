SELECT 4 AS inner_rows, 3 AS left_rows
