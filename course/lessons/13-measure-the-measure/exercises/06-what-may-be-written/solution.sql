SELECT 'c' AS first, 'a' AS second, 'd' AS third
