WITH classed AS (
  SELECT guest_id,
         NTILE(3) OVER (ORDER BY last_paid_at_jst DESC, guest_id) AS r_class,
         CASE WHEN purchases >= 4 THEN 3
              WHEN purchases >= 2 THEN 2
              ELSE 1 END AS f_class,
         CASE WHEN sales_yen >= 30000 THEN 3
              WHEN sales_yen >= 10000 THEN 2
              ELSE 1 END AS m_class
  FROM lesson.buyers
)
SELECT r_class, f_class, m_class, COUNT(*) AS guests
FROM classed
GROUP BY r_class, f_class, m_class
ORDER BY r_class DESC, f_class DESC, m_class DESC
