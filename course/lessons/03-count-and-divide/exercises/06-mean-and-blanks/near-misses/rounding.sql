SELECT 4 AS avg_score, 2.4 AS sum_per_row, 'a' AS reason
