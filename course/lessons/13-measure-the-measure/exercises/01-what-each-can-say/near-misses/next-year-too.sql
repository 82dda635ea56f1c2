SELECT 'a' AS before_after, 'b' AS other_areas, 'd' AS split_by_lot
