SELECT 'b' AS first, 'a' AS second, 'd' AS third
