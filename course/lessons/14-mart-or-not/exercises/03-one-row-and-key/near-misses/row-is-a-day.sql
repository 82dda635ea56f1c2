SELECT 'b' AS one_row, 'c' AS primary_key, 'a' AS add_talks
