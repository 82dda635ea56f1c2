SELECT d.business_date, d.talks, w.talks AS talks_week_ago,
       CASE WHEN w.talks > 0 THEN ROUND(d.talks / w.talks, 3) END AS ratio
FROM lesson.talks_by_day AS d
LEFT JOIN lesson.talks_by_day AS w ON w.business_date = d.business_date - INTERVAL 7 DAY
WHERE d.business_date BETWEEN DATE '2025-06-01' AND DATE '2025-06-30'
ORDER BY d.business_date
