SELECT '___' AS before_after, '___' AS other_areas, '___' AS split_by_lot
