INSERT INTO casts (cast_id, display_name, area_code, grade, main_tag, points_per_hour, joined_at_utc, is_test) VALUES
  (1, 'C1', 'SHIBUYA', 'gold', 'music', 3000, '2025-10-01 03:00', FALSE),
  (2, 'C2', 'SHIBUYA', 'gold', 'music', 2000, '2025-10-01 03:00', FALSE);
