SELECT 'c' AS one_row, 'a' AS primary_key, 'a' AS add_talks
