WITH lines AS (
  SELECT th.threshold,
         COUNT(s.guest_id) AS at_line,
         COUNT(CASE WHEN s.reviewed_label = 'fraud' THEN 1 END) AS fraud_at_line
  FROM (VALUES (0), (1), (2), (3), (4), (5), (6)) AS th(threshold)
  LEFT JOIN lesson.scored AS s ON s.points = th.threshold AND s.reviewed_label IS NOT NULL
  GROUP BY th.threshold
),
running AS (
  SELECT threshold,
         SUM(at_line) OVER (ORDER BY threshold DESC) AS flagged,
         SUM(fraud_at_line) OVER (ORDER BY threshold DESC) AS caught,
         SUM(fraud_at_line) OVER () AS all_fraud
  FROM lines
)
SELECT threshold, flagged, caught,
       ROUND(caught * 1.0 / NULLIF(flagged, 0), 3) AS precision_,
       ROUND(caught * 1.0 / NULLIF(all_fraud, 0), 3) AS recall_,
       caught * 15000 - flagged * 2500 AS net_yen
FROM running
WHERE threshold >= 1
ORDER BY threshold DESC
