SELECT 'a' AS before_after, 'a' AS other_areas, 'c' AS split_by_lot
