WITH candidates AS (
  SELECT k.month_start AS scored_month, s.scored_on, s.guest_id, s.points
  FROM lesson.scored AS s
  JOIN calendar AS k ON k.business_date = s.scored_on
  WHERE s.points >= 3
    AND k.month_start BETWEEN DATE '2025-01-01' AND DATE '2025-12-01'
)
SELECT a.scored_month, COUNT(b.guest_id) + 1 AS place, a.guest_id, a.points
FROM candidates AS a
LEFT JOIN candidates AS b
       ON b.scored_month = a.scored_month
      AND (b.points > a.points
           OR (b.points = a.points AND (b.scored_on < a.scored_on OR (b.scored_on = a.scored_on AND b.guest_id < a.guest_id))))
GROUP BY a.scored_month, a.guest_id, a.points
HAVING COUNT(b.guest_id) < 10
ORDER BY a.scored_month, place
