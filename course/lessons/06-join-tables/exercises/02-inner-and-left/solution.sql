SELECT 4 AS inner_rows, 5 AS left_rows
