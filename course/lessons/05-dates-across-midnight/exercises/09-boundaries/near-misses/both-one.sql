SELECT 1 AS hours_a, 1 AS hours_b
