SELECT 30 AS before_pct, 35 AS after_pct, 'c' AS answer
