SELECT '___' AS guests, '___' AS talks
