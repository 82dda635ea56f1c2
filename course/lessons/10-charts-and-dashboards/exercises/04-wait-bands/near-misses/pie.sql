SELECT CASE WHEN wait_min < 10 THEN '1: 0-9'
            WHEN wait_min < 30 THEN '2: 10-29'
            WHEN wait_min < 60 THEN '3: 30-59'
            WHEN wait_min < 180 THEN '4: 60-179'
            WHEN wait_min < 720 THEN '5: 180-719'
            WHEN wait_min >= 720 THEN '6: 720-'
            ELSE '7: none' END AS wait_band,
       COUNT(*) AS talks
FROM lesson.waits
WHERE opened_at_utc >= TIMESTAMP '2025-11-30 20:00'
GROUP BY wait_band
ORDER BY wait_band
%chart pie x=wait_band y=talks
