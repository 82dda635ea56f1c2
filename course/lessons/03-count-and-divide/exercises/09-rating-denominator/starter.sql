SELECT '___' AS answer
