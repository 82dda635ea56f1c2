-- ja: 渋谷・新宿・横浜に稼働中のキャストがいて、引退・テスト・全グレードがそろう
-- en: Casts are active in Shibuya, Shinjuku and Yokohama; some have retired, some are tests; all grades
-- planted ja: それぞれある
-- planted en: some of each
-- found ja: {} エリア、{} グレード、稼働 {}、引退 {}、テスト {}
-- found en: {} areas, {} grades, {} active, {} retired, {} tests
WITH counts AS (
  SELECT count(DISTINCT area_code) FILTER (WHERE area_code IN ('SHIBUYA', 'SHINJUKU', 'YOKOHAMA') AND retired_at_utc IS NULL) AS areas,
         count(*) FILTER (WHERE retired_at_utc IS NULL) AS active, count(*) FILTER (WHERE retired_at_utc IS NOT NULL) AS retired,
         count(DISTINCT grade) AS grades, count(*) FILTER (WHERE is_test) AS tests
  FROM casts
)
SELECT areas = 3 AND grades = 4 AND retired > 0 AND tests > 0 AS ok,
       areas, grades, active, retired, tests
FROM counts
