-- Payments at 00:00 and 05:00 Japan time around the ends of December 2025 and of weeks; failed, charged back, refunded; repeat buyers.
INSERT INTO guests
SELECT i, 'ゲスト' || i, 'g' || i || '@example.jp', '東京都', 1990, NULL, NULL, 'organic', TIMESTAMP '2025-01-01 12:00:00', NULL, NULL, i = 5
FROM range(1, 9) AS n(i);
INSERT INTO payments
SELECT id, guest_id, kind, amount, amount, 'bank', NULL, status, CASE WHEN kind = 'refund' THEN 4 END, moment, moment
FROM (VALUES
  (40, 1, 'purchase', 1000001, 'succeeded', TIMESTAMP '2026-01-01 05:00:00'), (39, 1, 'purchase', 510007, 'succeeded', TIMESTAMP '2026-01-01 04:59:59'),
  (38, 2, 'purchase', 260011, 'succeeded', TIMESTAMP '2026-01-01 00:00:00'), (37, 2, 'purchase', 130013, 'succeeded', TIMESTAMP '2025-12-31 21:00:00'),
  (36, 3, 'purchase', 65003, 'succeeded', TIMESTAMP '2025-12-31 03:00:00'), (35, 3, 'purchase', 33001, 'failed', TIMESTAMP '2025-12-20 21:00:00'),
  (34, 4, 'purchase', 17003, 'charged_back', TIMESTAMP '2025-12-16 21:00:00'), (33, 5, 'purchase', 9001, 'succeeded', TIMESTAMP '2025-12-15 21:00:00'),
  (32, 6, 'refund', -4003, 'succeeded', TIMESTAMP '2025-12-18 21:00:00'), (31, 6, 'purchase', 4003, 'succeeded', TIMESTAMP '2025-12-08 21:00:00'),
  (4, 6, 'purchase', 2003, 'succeeded', TIMESTAMP '2025-12-01 20:30:00'), (3, 7, 'purchase', 1009, 'succeeded', TIMESTAMP '2025-12-01 05:00:00'),
  (2, 7, 'purchase', 503, 'succeeded', TIMESTAMP '2025-12-01 04:59:59'), (1, 8, 'purchase', 251, 'succeeded', TIMESTAMP '2025-12-01 00:00:00'),
  (41, 8, 'purchase', 127, 'succeeded', TIMESTAMP '2025-11-30 20:00:00'), (42, 8, 'purchase', 61, 'succeeded', TIMESTAMP '2025-11-30 19:59:59'),
  (43, 1, 'purchase', 3000, 'succeeded', TIMESTAMP '2025-12-29 05:00:00'), (44, 2, 'purchase', 3000, 'succeeded', TIMESTAMP '2025-12-29 04:59:59'),
  (45, 3, 'purchase', 3000, 'succeeded', TIMESTAMP '2025-12-29 00:30:00'), (46, 3, 'purchase', 3000, 'succeeded', TIMESTAMP '2025-12-28 22:00:00'),
  (47, 1, 'purchase', 3000, 'succeeded', TIMESTAMP '2025-10-06 05:00:00'), (48, 2, 'purchase', 3000, 'succeeded', TIMESTAMP '2025-10-06 04:59:59'),
  (49, 3, 'purchase', 3000, 'succeeded', TIMESTAMP '2025-10-06 00:10:00'), (50, 4, 'purchase', 3000, 'succeeded', TIMESTAMP '2025-10-12 21:00:00'),
  (51, 4, 'purchase', 3000, 'succeeded', TIMESTAMP '2025-10-13 01:00:00'), (52, 5, 'purchase', 3000, 'succeeded', TIMESTAMP '2025-11-05 20:00:00'),
  (53, 6, 'purchase', 3000, 'succeeded', TIMESTAMP '2025-11-05 21:00:00'), (54, 7, 'purchase', 3000, 'succeeded', TIMESTAMP '2025-11-06 21:00:00'),
  (55, 7, 'purchase', 3000, 'succeeded', TIMESTAMP '2025-11-07 21:00:00'), (56, 7, 'purchase', 3000, 'succeeded', TIMESTAMP '2025-11-10 03:00:00'),
  (57, 8, 'purchase', 3000, 'succeeded', TIMESTAMP '2025-10-05 21:00:00'), (58, 8, 'purchase', 3000, 'succeeded', TIMESTAMP '2025-10-12 08:00:00'),
  (59, 1, 'purchase', 31, 'succeeded', TIMESTAMP '2026-01-01 08:00:00')
) AS paid(id, guest_id, kind, amount, status, moment);
