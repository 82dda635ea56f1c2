SELECT 'a' AS first, 'a' AS second, 'd' AS third
