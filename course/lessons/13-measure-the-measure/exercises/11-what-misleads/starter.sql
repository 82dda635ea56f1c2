SELECT '___' AS moved_over, '___' AS first_week, '___' AS worst_twenty, '___' AS same_screen, '___' AS blocked, '___' AS complaints
