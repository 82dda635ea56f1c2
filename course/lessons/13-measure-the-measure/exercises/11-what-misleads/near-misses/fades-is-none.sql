SELECT 'a' AS moved_over, 'g' AS first_week, 'c' AS worst_twenty, 'd' AS same_screen, 'e' AS blocked, 'f' AS complaints
