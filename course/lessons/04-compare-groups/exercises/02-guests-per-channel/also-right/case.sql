SELECT CASE WHEN acquisition_channel IS NULL THEN '不明' ELSE acquisition_channel END AS channel,
       COUNT(*) AS guests
FROM guests
WHERE NOT is_test
GROUP BY 1
ORDER BY 2 DESC, 1
