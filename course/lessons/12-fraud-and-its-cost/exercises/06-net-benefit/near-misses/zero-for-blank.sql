WITH counted AS (
  SELECT th.threshold,
         COUNT(CASE WHEN s.points >= th.threshold THEN 1 END) AS flagged,
         COUNT(CASE WHEN s.points >= th.threshold AND s.reviewed_label = 'fraud' THEN 1 END) AS caught,
         COUNT(CASE WHEN s.reviewed_label = 'fraud' THEN 1 END) AS all_fraud
  FROM lesson.scored AS s
  CROSS JOIN (VALUES (1), (2), (3), (4), (5), (6)) AS th(threshold)
  WHERE s.reviewed_label IS NOT NULL
  GROUP BY th.threshold
)
SELECT threshold, flagged, caught,
       COALESCE(ROUND(caught * 1.0 / NULLIF(flagged, 0), 3), 0) AS precision_,
       COALESCE(ROUND(caught * 1.0 / NULLIF(all_fraud, 0), 3), 0) AS recall_,
       15000 * caught - 2500 * flagged AS net_yen
FROM counted
ORDER BY threshold DESC
