WITH counted AS (
  SELECT th.threshold,
         COUNT(CASE WHEN s.points >= th.threshold THEN 1 END) AS flagged
  FROM lesson.scored AS s
  CROSS JOIN (VALUES (1), (2), (3), (4), (5), (6)) AS th(threshold)
  WHERE s.reviewed_label IS NOT NULL
  GROUP BY th.threshold
)
-- threshold, flagged, caught, precision_, recall_, net_yen
