SELECT 'c' AS first, 'c' AS second, 'd' AS third
