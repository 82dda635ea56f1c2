SELECT 'a' AS before_after, 'c' AS other_areas, 'c' AS split_by_lot
