-- Areas whose codes differ in letter case only or look like the name, so that = NULL, 'shibuya' and the name give different results.
INSERT INTO areas VALUES ('SHIBUYA', '渋谷', 'Shibuya', '首都圏'), ('shibuya', '渋谷(旧)', 'Shibuya (old)', '首都圏'), ('Shibuya', '渋谷(東)', 'Shibuya (east)', '首都圏'), ('渋谷', '渋谷(西)', 'Shibuya (west)', '首都圏'), ('GINZA', '銀座', 'Ginza', '首都圏');
INSERT INTO casts VALUES
  (3, 'あおい', 'SHIBUYA', 'gold', 'music', 5000, TIMESTAMP '2025-01-10 12:00:00', NULL, FALSE),
  (1, 'れん', 'shibuya', 'silver', 'golf', 4000, TIMESTAMP '2025-01-11 12:00:00', NULL, FALSE),
  (2, 'ひなた', 'SHIBUYA', 'vip', 'travel', 9000, TIMESTAMP '2025-01-12 12:00:00', TIMESTAMP '2025-06-01 12:00:00', FALSE),
  (4, 'そら', 'GINZA', 'gold', 'music', 5000, TIMESTAMP '2025-01-13 12:00:00', NULL, FALSE),
  (5, 'みお', 'SHIBUYA', 'standard', 'games', 3000, TIMESTAMP '2025-01-14 12:00:00', NULL, TRUE),
  (6, 'はる', 'Shibuya', 'silver', 'golf', 4000, TIMESTAMP '2025-01-15 12:00:00', NULL, FALSE),
  (7, 'ゆい', '渋谷', 'silver', 'golf', 4000, TIMESTAMP '2025-01-16 12:00:00', NULL, FALSE);
