WITH talkers AS (
  SELECT g.acquisition_channel,
         CASE WHEN EXISTS (SELECT 1 FROM appointments AS a
                           WHERE a.guest_id = g.guest_id
                             AND CAST(a.requested_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE)
                                 BETWEEN DATE '2025-11-01' AND DATE '2025-11-30') THEN 1 ELSE 0 END AS asked
  FROM guests AS g
  WHERE NOT g.is_test
    AND EXISTS (SELECT 1 FROM talks AS t
                WHERE t.guest_id = g.guest_id
                  AND CAST(t.opened_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE)
                      BETWEEN DATE '2025-11-01' AND DATE '2025-11-30')
)
SELECT acquisition_channel, COUNT(*) AS talk_guests, SUM(asked) AS appo_guests, ROUND(AVG(asked), 4) AS appo_rate
FROM talkers
GROUP BY acquisition_channel
ORDER BY acquisition_channel
