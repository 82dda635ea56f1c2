WITH shared AS (
  SELECT a.guest_id,
         CAST(MIN(GREATEST(a.first_seen_at_utc, b.first_seen_at_utc)) + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) AS shared_on
  FROM guest_devices AS a
  JOIN guest_devices AS b ON b.device_fp = a.device_fp AND b.guest_id <> a.guest_id
  GROUP BY a.guest_id
),
rushers AS (
  SELECT t.guest_id
  FROM talks AS t
  JOIN guests AS g ON g.guest_id = t.guest_id
  WHERE t.opened_at_utc < g.registered_at_utc + INTERVAL 48 HOUR
  GROUP BY t.guest_id
  HAVING COUNT(*) >= 3
),
numbered AS (
  SELECT guest_id, scored_on, reviewed_label,
         ROW_NUMBER() OVER (PARTITION BY guest_id ORDER BY scored_on) AS n
  FROM fraud_scores
),
scored AS (
  SELECT f.guest_id, f.scored_on, f.reviewed_label,
         CASE WHEN s.guest_id IS NOT NULL THEN 3 ELSE 0 END
         + CASE WHEN r.guest_id IS NOT NULL THEN 2 ELSE 0 END
         + CASE WHEN g.acquisition_channel IS NULL THEN 1 ELSE 0 END AS points
  FROM numbered AS f
  JOIN guests AS g ON g.guest_id = f.guest_id
  LEFT JOIN shared AS s ON s.guest_id = f.guest_id AND s.shared_on <= f.scored_on
  LEFT JOIN rushers AS r ON r.guest_id = f.guest_id
  WHERE f.n = 1
    AND NOT g.is_test
)
SELECT COUNT(CASE WHEN points >= 3 AND reviewed_label = 'fraud' THEN 1 END) AS flagged_fraud,
       COUNT(CASE WHEN points >= 3 AND reviewed_label = 'ok' THEN 1 END) AS flagged_ok,
       COUNT(CASE WHEN points < 3 AND reviewed_label = 'fraud' THEN 1 END) AS missed_fraud,
       COUNT(CASE WHEN points < 3 AND reviewed_label = 'ok' THEN 1 END) AS passed_ok
FROM scored
