SELECT 'c' AS one_row, 'c' AS primary_key, 'c' AS add_talks
