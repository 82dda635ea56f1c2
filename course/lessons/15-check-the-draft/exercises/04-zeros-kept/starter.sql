INSERT INTO guests (guest_id, nickname, email, registered_at_utc, is_test) VALUES
  (1, 'G1', 'guest1@example.jp', '2025-12-01 03:00', FALSE),
  (2, 'G2', 'guest2@example.jp', '2025-12-01 03:00', FALSE);
INSERT INTO casts (cast_id, display_name, area_code, grade, main_tag, points_per_hour, joined_at_utc, is_test) VALUES
  (1, 'C1', 'SHIBUYA', 'gold', 'music', 2000, '2025-10-01 03:00', FALSE);
INSERT INTO appointments (appointment_id, talk_id, guest_id, cast_id, event_type, area_code, requested_at_utc, scheduled_start_jst, hours, points, status) VALUES
  (1, NULL, 1, 1, 'dinner', 'SHIBUYA', '2025-12-10 03:00', '2025-12-12 19:00', 2.0, 4000, 'completed');
