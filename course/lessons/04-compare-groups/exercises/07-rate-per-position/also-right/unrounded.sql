SELECT position, COUNT(*), SUM(CASE WHEN is_clicked THEN 1 ELSE 0 END) / COUNT(*)
FROM list_impressions
WHERE screen IN ('list')
GROUP BY 1
ORDER BY 1
