SELECT '___' AS one_row, '___' AS primary_key, '___' AS add_talks
