SELECT 'a' AS before_after, 'b' AS other_areas, 'c' AS split_by_lot
