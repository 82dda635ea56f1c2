WITH placed AS (
  SELECT CAST(date_trunc('month', scored_on) AS DATE) AS scored_month, guest_id, points,
         ROW_NUMBER() OVER (PARTITION BY date_trunc('month', scored_on)
                            ORDER BY points DESC, scored_on, guest_id) AS place
  FROM lesson.scored
  WHERE points >= 3
    AND scored_on BETWEEN DATE '2025-01-01' AND DATE '2025-12-31'
)
SELECT scored_month, place, guest_id, points
FROM placed
ORDER BY scored_month, place
