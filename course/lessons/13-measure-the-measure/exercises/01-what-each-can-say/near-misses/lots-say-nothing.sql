SELECT 'a' AS before_after, 'b' AS other_areas, 'a' AS split_by_lot
