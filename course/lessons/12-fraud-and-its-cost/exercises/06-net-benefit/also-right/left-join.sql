WITH counted AS (
  SELECT th.threshold, COUNT(s.guest_id) AS flagged,
         SUM(CASE WHEN s.reviewed_label = 'fraud' THEN 1 ELSE 0 END) AS caught
  FROM (VALUES (1), (2), (3), (4), (5), (6)) AS th(threshold)
  LEFT JOIN lesson.scored AS s ON s.points >= th.threshold AND s.reviewed_label IS NOT NULL
  GROUP BY th.threshold
)
SELECT threshold, flagged, caught,
       ROUND(caught / NULLIF(flagged, 0), 3) AS precision_,
       ROUND(caught / NULLIF((SELECT COUNT(*) FROM lesson.scored WHERE reviewed_label = 'fraud'), 0), 3) AS recall_,
       15000 * caught - 2500 * flagged AS net_yen
FROM counted
ORDER BY threshold DESC
