SELECT CAST(date_trunc('month', scored_on) AS DATE) AS scored_month,
       ROW_NUMBER() OVER (PARTITION BY year(scored_on), month(scored_on) ORDER BY points DESC, scored_on, guest_id) AS place,
       guest_id, points
FROM lesson.scored
WHERE points >= 3
  AND year(scored_on) = 2025
QUALIFY place <= 10
ORDER BY scored_month, place
