-- Seven registrations in October, three of whom talk, and five in November: no two of the whole's numbers are equal.
INSERT INTO casts VALUES (1, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE);
INSERT INTO guests
SELECT id, 'ゲスト' || id, 'g' || id || '@example.jp', '東京都', 1990, NULL, NULL, channel, moment, NULL, NULL, FALSE
FROM (VALUES
  (3, TIMESTAMP '2025-10-05 12:00:00', 'organic'), (1, TIMESTAMP '2025-10-06 12:00:00', 'organic'), (7, TIMESTAMP '2025-10-07 12:00:00', 'organic'),
  (2, TIMESTAMP '2025-10-08 12:00:00', 'sns_ad'), (5, TIMESTAMP '2025-10-09 12:00:00', 'sns_ad'), (4, TIMESTAMP '2025-10-10 12:00:00', 'sns_ad'),
  (6, TIMESTAMP '2025-10-11 12:00:00', 'sns_ad'), (8, TIMESTAMP '2025-11-05 12:00:00', 'organic'), (12, TIMESTAMP '2025-11-06 12:00:00', 'sns_ad'),
  (10, TIMESTAMP '2025-11-07 12:00:00', 'sns_ad'), (11, TIMESTAMP '2025-11-08 12:00:00', 'sns_ad'), (9, TIMESTAMP '2025-11-09 12:00:00', 'sns_ad')
) AS people(id, moment, channel);
INSERT INTO talks
SELECT id, guest_id, 1, 'list', moment, NULL
FROM (VALUES
  (1, 3, TIMESTAMP '2025-10-06 12:00:00'), (4, 1, TIMESTAMP '2025-10-07 12:00:00'), (2, 2, TIMESTAMP '2025-10-09 12:00:00'), (3, 8, TIMESTAMP '2025-11-06 12:00:00'),
  (5, 12, TIMESTAMP '2025-11-07 12:00:00')
) AS rooms(id, guest_id, moment);
