SELECT 'c' AS first, 'a' AS second, 'c' AS third
