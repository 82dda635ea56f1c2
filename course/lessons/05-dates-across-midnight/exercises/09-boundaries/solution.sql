SELECT 1 AS hours_a, 0 AS hours_b
