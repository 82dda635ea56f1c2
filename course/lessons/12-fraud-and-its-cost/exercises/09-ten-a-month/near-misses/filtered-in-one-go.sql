SELECT CAST(date_trunc('month', scored_on) AS DATE) AS scored_month,
       ROW_NUMBER() OVER (PARTITION BY date_trunc('month', scored_on) ORDER BY points DESC, scored_on, guest_id) AS place,
       guest_id, points
FROM lesson.scored
WHERE points >= 3
  AND scored_on BETWEEN DATE '2025-01-01' AND DATE '2025-12-31'
  AND ROW_NUMBER() OVER (PARTITION BY date_trunc('month', scored_on) ORDER BY points DESC, scored_on, guest_id) <= 10
ORDER BY scored_month, place
