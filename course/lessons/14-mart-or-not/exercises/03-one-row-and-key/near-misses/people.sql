SELECT 'c' AS one_row, 'c' AS primary_key, 'b' AS add_talks
