-- Guests with none, one and several talks, messages, payments and devices; equal amounts; a channel without any; resent impressions.
INSERT INTO casts VALUES
  (7, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE),
  (3, 'れん', 'GINZA', 'vip', 'golf', 9000, TIMESTAMP '2024-03-01 10:00:00', NULL, FALSE),
  (5, 'そら', 'GINZA', 'silver', 'travel', 4000, TIMESTAMP '2024-03-05 10:00:00', TIMESTAMP '2025-12-20 12:00:00', FALSE),
  (2, 'みお', 'GINZA', 'silver', 'games', 4000, TIMESTAMP '2024-04-01 10:00:00', NULL, FALSE),
  (6, 'テスト', 'GINZA', 'gold', 'music', 6000, TIMESTAMP '2024-01-01 10:00:00', NULL, TRUE),
  (1, 'はる', 'GINZA', 'standard', 'games', 3000, TIMESTAMP '2024-05-01 10:00:00', NULL, FALSE),
  (8, 'かい', 'GINZA', 'gold', 'travel', 6000, TIMESTAMP '2024-07-01 10:00:00', NULL, FALSE),
  (4, 'のん', 'GINZA', 'standard', 'gourmet', 3000, TIMESTAMP '2024-06-01 10:00:00', NULL, FALSE);
INSERT INTO guests
SELECT id, 'ゲスト' || id, 'guest' || id || '@example.com', prefecture, 1980 + id, CASE WHEN id % 2 = 0 THEN 'female' ELSE 'male' END,
       CASE WHEN id % 2 = 0 THEN 'music' ELSE 'golf' END, channel, moment, NULL, NULL, test
FROM (VALUES
  (9, '東京都', 'organic', TIMESTAMP '2025-12-07 19:59:59', FALSE), (1, '東京都', 'organic', TIMESTAMP '2025-12-02 12:00:00', FALSE),
  (8, '大阪府', NULL, TIMESTAMP '2025-12-05 12:00:00', FALSE), (2, '東京都', 'sns_ad', TIMESTAMP '2025-11-30 20:00:00', FALSE),
  (10, NULL, 'sns_ad', TIMESTAMP '2025-12-07 20:00:00', FALSE), (3, NULL, NULL, TIMESTAMP '2025-11-30 22:30:00', FALSE),
  (7, '東京都', 'referral', TIMESTAMP '2025-12-04 12:00:00', FALSE), (4, '大阪府', 'search_ad', TIMESTAMP '2025-12-03 12:00:00', FALSE),
  (6, '東京都', 'organic', TIMESTAMP '2025-12-03 15:00:00', TRUE), (5, '大阪府', 'search_ad', TIMESTAMP '2025-11-30 19:59:59', FALSE),
  (11, '京都府', 'affiliate', TIMESTAMP '2025-12-06 13:00:00', TRUE)
) AS people(id, prefecture, channel, moment, test);
INSERT INTO talks
SELECT id, guest_id, cast_id, source, TIMESTAMP '2025-12-08 12:00:00' + to_hours(id), NULL
FROM (VALUES
  (12, 1, 1, 'push'), (3, 1, 1, 'push'), (8, 1, 3, 'list'), (5, 2, 1, 'push'), (4, 3, 2, 'push'), (1, 3, 7, 'push'), (2, 3, 3, 'push'), (15, 3, 3, NULL),
  (6, 5, 1, 'list'), (7, 5, 5, 'favorite'), (10, 6, 3, 'push'), (11, 8, 8, 'list'), (13, 8, 6, 'push'), (14, 8, 6, 'push'), (16, 11, 8, 'list'), (17, 2, 2, NULL)
) AS rooms(id, guest_id, cast_id, source);
INSERT INTO messages
SELECT 100 + id * 10 + number, id, CASE WHEN number % 2 = 0 THEN 'guest' ELSE 'cast' END, 'chat', CASE WHEN number <> 4 THEN 'こんばんは' END, 5,
       TIMESTAMP '2025-12-20 12:00:00' + to_minutes(id * 10 + number), NULL,
       CASE WHEN number = 4 THEN TIMESTAMP '2025-12-21 12:00:00' END
FROM (VALUES (12, 3), (8, 5), (5, 1), (4, 2), (1, 4), (6, 2), (10, 3), (11, 1), (13, 2)) AS counts(id, many), range(0, 5) AS n(number)
WHERE number < many;
INSERT INTO appointments
SELECT id, talk_id, guest_id, cast_id, 'dinner', 'GINZA', TIMESTAMP '2025-12-10 12:00:00' + to_hours(id), TIMESTAMP '2025-12-12 19:00:00' + to_hours(id),
       2.0, 12000, status, NULL, NULL
FROM (VALUES
  (3, 12, 1, 1, 'completed'), (8, 3, 1, 1, 'completed'), (5, 5, 2, 1, 'cancelled'), (2, 8, 1, 3, 'requested'), (9, NULL, 8, 4, 'completed'),
  (6, 11, 8, 8, 'completed'), (1, 4, 3, 2, 'cancelled'), (4, 13, 8, 6, 'completed'), (7, 7, 5, 5, 'completed'), (10, 10, 6, 3, 'completed')
) AS dates(id, talk_id, guest_id, cast_id, status);
INSERT INTO payments
SELECT id, guest_id, kind, amount, amount, 'card', 'c' || guest_id, status, original, TIMESTAMP '2025-12-15 21:00:00' + to_hours(id), TIMESTAMP '2025-12-15 21:00:00' + to_hours(id)
FROM (VALUES
  (1, 1, 'purchase', 5000, 'succeeded', NULL), (2, 1, 'purchase', 5000, 'succeeded', NULL), (3, 1, 'purchase', 3000, 'succeeded', NULL),
  (4, 2, 'purchase', 5000, 'succeeded', NULL), (5, 2, 'purchase', 12000, 'failed', NULL), (6, 3, 'purchase', 7000, 'succeeded', NULL),
  (7, 3, 'purchase', 7000, 'succeeded', NULL), (8, 3, 'purchase', 20000, 'charged_back', NULL), (9, 5, 'purchase', 9000, 'succeeded', NULL),
  (10, 5, 'refund', -9000, 'succeeded', 9), (11, 6, 'purchase', 31000, 'succeeded', NULL), (12, 8, 'purchase', 5000, 'succeeded', NULL),
  (13, 8, 'purchase', 11000, 'succeeded', NULL), (14, 8, 'refund', -11000, 'succeeded', 13), (15, 9, 'purchase', 3000, 'succeeded', NULL),
  (16, 10, 'purchase', 2000, 'failed', NULL), (17, 11, 'purchase', 17000, 'succeeded', NULL), (18, 1, 'purchase', 1000, 'charged_back', NULL)
) AS paid(id, guest_id, kind, amount, status, original);
INSERT INTO list_impressions
SELECT 'e' || id, NULL, guest_id, cast_id, screen, 1, 'newest', FALSE, moment, moment + to_minutes(arrival)
FROM (VALUES
  (40, 1, 1, 'list', TIMESTAMP '2025-12-25 12:00:00', 1), (40, 1, 1, 'list', TIMESTAMP '2025-12-25 12:00:00', 9),
  (31, 2, 3, 'search', TIMESTAMP '2025-12-31 13:00:00', 1), (31, 2, 3, 'search', TIMESTAMP '2025-12-31 13:00:00', 4), (31, 2, 3, 'search', TIMESTAMP '2025-12-31 13:00:00', 7),
  (50, 1, 3, 'list', TIMESTAMP '2025-12-26 12:00:00', 1), (51, 1, 1, 'list', TIMESTAMP '2025-12-27 12:00:00', 1),
  (22, 3, 2, 'list', TIMESTAMP '2025-12-31 19:59:59', 1), (22, 3, 2, 'list', TIMESTAMP '2025-12-31 19:59:59', 2),
  (23, 3, 2, 'list', TIMESTAMP '2025-12-31 20:00:00', 1), (23, 3, 2, 'list', TIMESTAMP '2025-12-31 20:00:00', 2),
  (62, 8, 4, 'list', TIMESTAMP '2025-12-24 19:59:59', 1), (62, 8, 4, 'list', TIMESTAMP '2025-12-24 19:59:59', 3),
  (61, 8, 4, 'list', TIMESTAMP '2025-12-24 20:00:00', 1), (61, 8, 4, 'list', TIMESTAMP '2025-12-24 20:00:00', 3),
  (60, 8, 4, 'list', TIMESTAMP '2025-12-24 23:30:00', 1), (60, 8, 4, 'list', TIMESTAMP '2025-12-24 23:30:00', 3),
  (39, 4, 1, 'list', TIMESTAMP '2025-12-28 16:00:00', 1), (38, 6, 1, 'list', TIMESTAMP '2025-12-29 12:00:00', 1), (38, 6, 1, 'list', TIMESTAMP '2025-12-29 12:00:00', 2)
) AS shown(id, guest_id, cast_id, screen, moment, arrival);
INSERT INTO guest_devices
SELECT guest_id, device, 'ios', TIMESTAMP '2025-12-10 12:00:00', TIMESTAMP '2025-12-11 12:00:00'
FROM (VALUES (1, 'd1'), (1, 'd2'), (2, 'd3'), (8, 'd4'), (8, 'd5'), (8, 'd6')) AS owned(guest_id, device);
