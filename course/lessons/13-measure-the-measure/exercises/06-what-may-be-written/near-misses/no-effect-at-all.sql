SELECT 'c' AS first, 'a' AS second, 'b' AS third
