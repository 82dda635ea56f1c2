-- ja: 不正スコアの閾値:1では赤字、3では同じ不正をより少ない審査で捕まえる
-- en: Thresholds of the rule score: 1 loses money, 3 catches the same fraud with fewer reviews
-- planted ja: 閾値1は赤字。3は黒字で、捕まえる数は1と同じ
-- planted en: threshold 1 loses; 3 gains, and catches as many
-- found ja: 閾値: 不正/審査 = 円 → {}
-- found en: threshold: fraud/reviews = yen → {}
WITH shared AS (
  SELECT DISTINCT guest_id FROM guest_devices
  WHERE device_fp IN (SELECT device_fp FROM guest_devices GROUP BY 1 HAVING count(DISTINCT guest_id) >= 2)
),
burst AS (
  SELECT t.guest_id FROM talks AS t JOIN guests AS g USING (guest_id)
  WHERE t.opened_at_utc < g.registered_at_utc + INTERVAL 48 HOUR GROUP BY 1 HAVING count(*) >= 3
),
scored AS (
  SELECT f.reviewed_label = 'fraud' AS is_fraud,
         CASE WHEN s.guest_id IS NOT NULL THEN 3 ELSE 0 END + CASE WHEN b.guest_id IS NOT NULL THEN 2 ELSE 0 END
         + CASE WHEN g.acquisition_channel IS NULL THEN 1 ELSE 0 END AS score
  FROM fraud_scores AS f JOIN guests AS g ON g.guest_id = f.guest_id AND NOT g.is_test
  LEFT JOIN shared AS s ON s.guest_id = f.guest_id LEFT JOIN burst AS b ON b.guest_id = f.guest_id
  WHERE f.reviewed_label IS NOT NULL
),
net AS (
  SELECT threshold, count(*) AS flagged, count(*) FILTER (WHERE is_fraud) AS caught,
         15000 * count(*) FILTER (WHERE is_fraud) - 2500 * count(*) AS yen
  FROM scored JOIN (VALUES (1), (2), (3), (4), (5), (6)) AS t(threshold) ON score >= threshold GROUP BY 1
)
SELECT max(yen) FILTER (WHERE threshold = 1) < 0 AND max(yen) FILTER (WHERE threshold = 3) > 0
       AND max(caught) FILTER (WHERE threshold = 3) = max(caught) FILTER (WHERE threshold = 1)
       AND max(flagged) FILTER (WHERE threshold = 3) < max(flagged) FILTER (WHERE threshold = 1) AS ok,
       string_agg(format('{}: {}/{} = {}', threshold, caught, flagged, yen), '; ' ORDER BY threshold)
FROM net
