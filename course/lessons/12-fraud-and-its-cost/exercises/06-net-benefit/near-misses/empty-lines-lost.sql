WITH counted AS (
  SELECT th.threshold, COUNT(*) AS flagged, COUNT(CASE WHEN s.reviewed_label = 'fraud' THEN 1 END) AS caught
  FROM lesson.scored AS s
  JOIN (VALUES (1), (2), (3), (4), (5), (6)) AS th(threshold) ON s.points >= th.threshold
  WHERE s.reviewed_label IS NOT NULL
  GROUP BY th.threshold
)
SELECT threshold, flagged, caught,
       ROUND(caught * 1.0 / NULLIF(flagged, 0), 3) AS precision_,
       ROUND(caught * 1.0 / NULLIF((SELECT COUNT(*) FROM lesson.scored WHERE reviewed_label = 'fraud'), 0), 3) AS recall_,
       15000 * caught - 2500 * flagged AS net_yen
FROM counted
ORDER BY threshold DESC
