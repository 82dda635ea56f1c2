-- Casts of two areas, working, retired and about to retire, and a test account.
INSERT INTO casts VALUES
  (3, 'あおい', 'SHIBUYA', 'gold', 'music', 5000, TIMESTAMP '2025-01-10 12:00:00', NULL, FALSE),
  (2, 'ひなた', 'SHIBUYA', 'vip', 'travel', 9000, TIMESTAMP '2025-01-12 12:00:00', TIMESTAMP '2025-06-01 12:00:00', FALSE),
  (4, 'そら', 'GINZA', 'gold', 'music', 5000, TIMESTAMP '2025-01-13 12:00:00', NULL, FALSE),
  (5, 'みお', 'SHIBUYA', 'standard', 'games', 3000, TIMESTAMP '2025-01-14 12:00:00', NULL, TRUE),
  (6, 'れん', 'SHIBUYA', 'silver', 'golf', 4000, TIMESTAMP '2025-01-15 12:00:00', TIMESTAMP '2026-11-30 12:00:00', FALSE);
