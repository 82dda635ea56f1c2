SELECT '___' AS first, '___' AS second, '___' AS third
