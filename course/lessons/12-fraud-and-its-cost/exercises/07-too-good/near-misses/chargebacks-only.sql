WITH charged AS (
  SELECT guest_id, CAST(MIN(updated_at_jst) - INTERVAL 5 HOUR AS DATE) AS charged_on
  FROM payments
  WHERE status = 'charged_back'
  GROUP BY guest_id
),
scored AS (
  SELECT s.guest_id, s.reviewed_label,
         CASE WHEN c.charged_on <= s.scored_on THEN 4 ELSE 0 END
         + CASE WHEN s.shared_on IS NOT NULL THEN 3 ELSE 0 END
         + CASE WHEN s.is_rusher THEN 2 ELSE 0 END
         + CASE WHEN s.has_no_channel THEN 1 ELSE 0 END AS points
  FROM lesson.signs AS s
  LEFT JOIN charged AS c ON c.guest_id = s.guest_id
)
SELECT COUNT(*) AS flagged,
       COUNT(CASE WHEN reviewed_label = 'fraud' THEN 1 END) AS caught,
       15000 * COUNT(CASE WHEN reviewed_label = 'fraud' THEN 1 END) - 2500 * COUNT(*) AS net_yen
FROM scored
WHERE points >= 4
  AND reviewed_label IS NOT NULL
