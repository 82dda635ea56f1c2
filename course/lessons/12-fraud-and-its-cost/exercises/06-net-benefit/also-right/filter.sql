SELECT th.threshold,
       COUNT(*) FILTER (WHERE points >= th.threshold) AS flagged,
       COUNT(*) FILTER (WHERE points >= th.threshold AND reviewed_label = 'fraud') AS caught,
       ROUND(COUNT(*) FILTER (WHERE points >= th.threshold AND reviewed_label = 'fraud') * 1.0
             / NULLIF(COUNT(*) FILTER (WHERE points >= th.threshold), 0), 3) AS precision_,
       ROUND(COUNT(*) FILTER (WHERE points >= th.threshold AND reviewed_label = 'fraud') * 1.0
             / NULLIF(COUNT(*) FILTER (WHERE reviewed_label = 'fraud'), 0), 3) AS recall_,
       15000 * COUNT(*) FILTER (WHERE points >= th.threshold AND reviewed_label = 'fraud')
       - 2500 * COUNT(*) FILTER (WHERE points >= th.threshold) AS net_yen
FROM lesson.scored
CROSS JOIN (SELECT * FROM range(1, 7)) AS th(threshold)
WHERE reviewed_label IS NOT NULL
GROUP BY th.threshold
ORDER BY th.threshold DESC
