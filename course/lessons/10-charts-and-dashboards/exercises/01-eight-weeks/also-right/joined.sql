SELECT d.business_date, d.nuu, ROUND(AVG(b.nuu), 1) AS nuu_7d
FROM lesson.nuu_by_day AS d
JOIN lesson.nuu_by_day AS b ON b.business_date BETWEEN d.business_date - INTERVAL 6 DAY AND d.business_date
WHERE d.business_date BETWEEN DATE '2025-11-03' AND DATE '2025-12-28'
GROUP BY d.business_date, d.nuu
ORDER BY d.business_date
%chart line x=business_date y=nuu_7d,nuu
