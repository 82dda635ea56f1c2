SELECT 'c' AS first, 'e' AS second, 'd' AS third
