SELECT 42 AS before_pct, 23 AS after_pct, 'b' AS answer
