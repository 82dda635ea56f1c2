-- Registrations at the edges of November; equal numbers of talks in two areas, by time and at one moment; guests without talks, visits or purchases; failed, refunded and charged-back payments; an area with two grades, and one whose single talk has many messages and requests.
INSERT INTO casts VALUES
  (3, 'れん', 'GINZA', 'vip', 'golf', 9000, TIMESTAMP '2024-03-01 10:00:00', NULL, FALSE),
  (1, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE),
  (2, 'ひなた', 'SHIBUYA', 'gold', 'golf', 6000, TIMESTAMP '2024-02-02 10:00:00', NULL, FALSE),
  (4, 'テスト', 'OSAKA', 'gold', 'music', 6000, TIMESTAMP '2024-01-01 10:00:00', NULL, TRUE),
  (5, 'みお', 'SHIBUYA', 'vip', 'travel', 9000, TIMESTAMP '2024-04-01 10:00:00', NULL, FALSE);
INSERT INTO guests
SELECT id, 'ゲスト' || id, CASE WHEN id <> 5 THEN 'g' || id || '@example.jp' END, '東京都', 1990, NULL, NULL, 'organic', moment, NULL, CASE WHEN id = 5 THEN TIMESTAMP '2025-12-20 12:00:00' END, id = 8
FROM (VALUES
  (5, TIMESTAMP '2025-11-10 12:00:00'), (1, TIMESTAMP '2025-10-31 19:59:59'), (2, TIMESTAMP '2025-10-31 20:00:00'), (9, TIMESTAMP '2025-11-30 22:00:00'),
  (3, TIMESTAMP '2025-11-05 12:00:00'), (4, TIMESTAMP '2025-11-06 12:00:00'), (6, TIMESTAMP '2025-11-12 12:00:00'), (7, TIMESTAMP '2025-11-30 19:59:59'),
  (8, TIMESTAMP '2025-11-15 12:00:00'), (10, TIMESTAMP '2025-11-20 12:00:00'), (11, TIMESTAMP '2025-10-31 23:00:00'), (12, TIMESTAMP '2025-11-18 12:00:00')
) AS people(id, moment);
INSERT INTO talks
SELECT row_number() OVER (ORDER BY moment, guest_id, cast_id), guest_id, cast_id, 'list', moment, NULL
FROM (VALUES
  (1, 1, TIMESTAMP '2025-11-01 12:00:00'), (2, 1, TIMESTAMP '2025-11-02 12:00:00'), (2, 2, TIMESTAMP '2025-11-03 12:00:00'), (2, 3, TIMESTAMP '2025-11-09 12:00:00'),
  (3, 1, TIMESTAMP '2025-11-08 12:00:00'), (3, 3, TIMESTAMP '2025-11-07 12:00:00'),
  (4, 1, TIMESTAMP '2025-11-07 12:00:00'), (4, 3, TIMESTAMP '2025-11-07 12:00:00'),
  (5, 4, TIMESTAMP '2025-11-11 12:00:00'), (5, 4, TIMESTAMP '2025-11-12 12:00:00'), (5, 3, TIMESTAMP '2025-12-31 19:00:00'),
  (7, 3, TIMESTAMP '2025-12-01 12:00:00'), (8, 1, TIMESTAMP '2025-11-16 12:00:00'), (9, 2, TIMESTAMP '2025-12-01 13:00:00'),
  (10, 3, TIMESTAMP '2025-11-21 12:00:00'), (11, 3, TIMESTAMP '2025-11-22 12:00:00'),
  (12, 1, TIMESTAMP '2025-11-23 12:00:00'), (12, 5, TIMESTAMP '2025-11-24 12:00:00'), (12, 3, TIMESTAMP '2025-11-25 12:00:00')
) AS rooms(guest_id, cast_id, moment);
INSERT INTO messages
SELECT i, talk_id, 'guest', 'stamp', NULL, 0, opened_at_utc + to_minutes(i), NULL, NULL
FROM talks, range(1, 4) AS number(i)
WHERE guest_id = 12 AND cast_id = 3;
INSERT INTO appointments
SELECT i, talk_id, guest_id, cast_id, 'dinner', 'GINZA', opened_at_utc + to_hours(i), opened_at_utc + to_days(i), 2, 18000, 'requested', NULL, NULL
FROM talks, range(1, 4) AS number(i)
WHERE guest_id = 12 AND cast_id = 3;
INSERT INTO sessions
SELECT row_number() OVER (ORDER BY moment, guest_id), guest_id, 'd' || guest_id, 'ios', '3.6.0', moment, NULL
FROM (VALUES
  (2, TIMESTAMP '2025-11-01 12:00:00'), (2, TIMESTAMP '2025-12-05 12:00:00'), (2, TIMESTAMP '2025-11-20 12:00:00'), (3, TIMESTAMP '2025-11-06 12:00:00'), (3, TIMESTAMP '2025-11-08 11:00:00'),
  (5, TIMESTAMP '2025-11-11 11:00:00'), (6, TIMESTAMP '2025-11-13 12:00:00'), (7, TIMESTAMP '2025-12-31 19:59:00'), (8, TIMESTAMP '2025-11-16 11:00:00'), (10, TIMESTAMP '2025-11-21 11:00:00'), (10, TIMESTAMP '2025-11-22 11:00:00')
) AS visits(guest_id, moment);
INSERT INTO payments
SELECT row_number() OVER (ORDER BY moment, guest_id), guest_id, CASE WHEN yen < 0 THEN 'refund' ELSE 'purchase' END, yen, yen, 'card', 'c' || guest_id, status,
       CASE WHEN yen < 0 THEN 1 END, moment, moment
FROM (VALUES
  (2, TIMESTAMP '2025-11-10 12:00:00', 5000, 'succeeded'), (2, TIMESTAMP '2025-11-11 12:00:00', 5000, 'succeeded'), (2, TIMESTAMP '2025-11-12 12:00:00', -5000, 'succeeded'),
  (3, TIMESTAMP '2025-11-13 12:00:00', 9000, 'failed'), (4, TIMESTAMP '2025-11-14 12:00:00', 9000, 'charged_back'), (4, TIMESTAMP '2025-11-15 12:00:00', 3000, 'succeeded'),
  (8, TIMESTAMP '2025-11-20 12:00:00', 3000, 'succeeded'), (10, TIMESTAMP '2025-12-31 23:00:00', 3000, 'succeeded'), (6, TIMESTAMP '2026-01-01 04:00:00', 3000, 'succeeded')
) AS paid(guest_id, moment, yen, status);
