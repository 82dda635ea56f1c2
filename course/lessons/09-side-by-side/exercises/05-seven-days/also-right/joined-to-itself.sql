SELECT d.business_date, d.talks, ROUND(AVG(e.talks), 1) AS talks_7d
FROM lesson.talks_by_day AS d
JOIN lesson.talks_by_day AS e ON e.business_date BETWEEN d.business_date - INTERVAL 6 DAY AND d.business_date
WHERE d.business_date BETWEEN DATE '2025-06-01' AND DATE '2025-06-30'
GROUP BY d.business_date, d.talks
ORDER BY d.business_date
