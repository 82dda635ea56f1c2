-- The rows of the tables that are the same in all data. The calendar reaches a year beyond the data on both sides, so that
-- on small databases a period without an end can be told from one with it.
INSERT INTO areas VALUES
  ('SHIBUYA', '渋谷', 'Shibuya', '首都圏'),
  ('SHINJUKU', '新宿', 'Shinjuku', '首都圏'),
  ('GINZA', '銀座', 'Ginza', '首都圏'),
  ('ROPPONGI', '六本木', 'Roppongi', '首都圏'),
  ('YOKOHAMA', '横浜', 'Yokohama', '首都圏'),
  ('NAGOYA', '名古屋', 'Nagoya', '東海'),
  ('OSAKA', '大阪', 'Osaka', '関西'),
  ('FUKUOKA', '福岡', 'Fukuoka', '九州');

INSERT INTO calendar
WITH holidays (day, name) AS (
  VALUES
    (DATE '2023-01-01', '元日'), (DATE '2023-01-02', '振替休日'), (DATE '2023-01-09', '成人の日'),
    (DATE '2023-02-11', '建国記念の日'), (DATE '2023-02-23', '天皇誕生日'), (DATE '2023-03-21', '春分の日'),
    (DATE '2023-04-29', '昭和の日'), (DATE '2023-05-03', '憲法記念日'), (DATE '2023-05-04', 'みどりの日'),
    (DATE '2023-05-05', 'こどもの日'), (DATE '2023-07-17', '海の日'), (DATE '2023-08-11', '山の日'),
    (DATE '2023-09-18', '敬老の日'), (DATE '2023-09-23', '秋分の日'), (DATE '2023-10-09', 'スポーツの日'),
    (DATE '2023-11-03', '文化の日'), (DATE '2023-11-23', '勤労感謝の日'),
    (DATE '2024-01-01', '元日'), (DATE '2024-01-08', '成人の日'), (DATE '2024-02-11', '建国記念の日'),
    (DATE '2024-02-12', '振替休日'), (DATE '2024-02-23', '天皇誕生日'), (DATE '2024-03-20', '春分の日'),
    (DATE '2024-04-29', '昭和の日'), (DATE '2024-05-03', '憲法記念日'), (DATE '2024-05-04', 'みどりの日'),
    (DATE '2024-05-05', 'こどもの日'), (DATE '2024-05-06', '振替休日'), (DATE '2024-07-15', '海の日'),
    (DATE '2024-08-11', '山の日'), (DATE '2024-08-12', '振替休日'), (DATE '2024-09-16', '敬老の日'),
    (DATE '2024-09-22', '秋分の日'), (DATE '2024-09-23', '振替休日'), (DATE '2024-10-14', 'スポーツの日'),
    (DATE '2024-11-03', '文化の日'), (DATE '2024-11-04', '振替休日'), (DATE '2024-11-23', '勤労感謝の日'),
    (DATE '2025-01-01', '元日'), (DATE '2025-01-13', '成人の日'), (DATE '2025-02-11', '建国記念の日'),
    (DATE '2025-02-23', '天皇誕生日'), (DATE '2025-02-24', '振替休日'), (DATE '2025-03-20', '春分の日'),
    (DATE '2025-04-29', '昭和の日'), (DATE '2025-05-03', '憲法記念日'), (DATE '2025-05-04', 'みどりの日'),
    (DATE '2025-05-05', 'こどもの日'), (DATE '2025-05-06', '振替休日'), (DATE '2025-07-21', '海の日'),
    (DATE '2025-08-11', '山の日'), (DATE '2025-09-15', '敬老の日'), (DATE '2025-09-23', '秋分の日'),
    (DATE '2025-10-13', 'スポーツの日'), (DATE '2025-11-03', '文化の日'), (DATE '2025-11-23', '勤労感謝の日'),
    (DATE '2025-11-24', '振替休日'),
    (DATE '2026-01-01', '元日'), (DATE '2026-01-12', '成人の日'), (DATE '2026-02-11', '建国記念の日'),
    (DATE '2026-02-23', '天皇誕生日'), (DATE '2026-03-20', '春分の日'), (DATE '2026-04-29', '昭和の日'),
    (DATE '2026-05-03', '憲法記念日'), (DATE '2026-05-04', 'みどりの日'), (DATE '2026-05-05', 'こどもの日'),
    (DATE '2026-05-06', '振替休日'), (DATE '2026-07-20', '海の日'), (DATE '2026-08-11', '山の日'),
    (DATE '2026-09-21', '敬老の日'), (DATE '2026-09-22', '国民の休日'), (DATE '2026-09-23', '秋分の日'),
    (DATE '2026-10-12', 'スポーツの日'), (DATE '2026-11-03', '文化の日'), (DATE '2026-11-23', '勤労感謝の日'),
    (DATE '2027-01-01', '元日')
),
days AS (
  SELECT CAST(d AS DATE) AS day, name, isodow(d) >= 6 AS is_weekend, isodow(d) >= 6 OR name IS NOT NULL AS is_off
  FROM range(DATE '2023-01-01', DATE '2027-01-02', INTERVAL 1 DAY) AS all_days (d)
  LEFT JOIN holidays ON holidays.day = d
),
paydays AS (
  SELECT max(day) AS day FROM days WHERE NOT is_off AND day(day) <= 25 GROUP BY date_trunc('month', day)
)
SELECT day, isodow(day), is_weekend, name, lead(is_off) OVER (ORDER BY day), CAST(date_trunc('week', day) AS DATE),
       CAST(date_trunc('month', day) AS DATE), day IN (SELECT day FROM paydays),
       day IN (DATE '2024-11-12', DATE '2025-06-10')
FROM days
QUALIFY day < DATE '2027-01-01' AND lead(day) OVER (ORDER BY day) IS NOT NULL
ORDER BY day;
INSERT INTO recommender_releases VALUES
  ('newest', TIMESTAMP '2023-12-31 20:00:00', TIMESTAMP '2024-06-02 20:00:00', '新着順', 'Newest casts first'),
  ('popular_v1', TIMESTAMP '2024-06-02 20:00:00', TIMESTAMP '2025-09-30 20:00:00', '人気順(クリック実績)', 'Popular casts first, by clicks'),
  ('taste_v2', TIMESTAMP '2025-09-30 20:00:00', NULL, '興味タグの近いキャストを優先', 'Casts who share the guest''s interest first');
