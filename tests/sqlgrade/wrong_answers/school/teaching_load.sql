--- title: Teachers with the credits they teach, 0 included, the busiest first
--- solution
SELECT t.name, COALESCE(SUM(c.credits), 0) AS load FROM teachers t LEFT JOIN courses c ON c.teacher_id = t.id
GROUP BY t.id, t.name ORDER BY load DESC, t.name
--- alternative: correlated
SELECT x.name, COALESCE((SELECT SUM(y.credits) FROM courses y WHERE y.teacher_id = x.id), 0) AS total
FROM teachers x ORDER BY total DESC, x.name
--- alternative: summed first
WITH s AS (SELECT teacher_id, SUM(credits) AS n FROM courses WHERE teacher_id IS NOT NULL GROUP BY teacher_id)
SELECT teachers.name, CASE WHEN s.n IS NULL THEN 0 ELSE s.n END AS n
FROM teachers LEFT JOIN s ON s.teacher_id = teachers.id ORDER BY n DESC, name
--- wrong: SELECT / E33 / NULL instead of 0
SELECT x.name, (SELECT SUM(y.credits) FROM courses y WHERE y.teacher_id = x.id) AS total FROM teachers x ORDER BY total DESC NULLS LAST, x.name
--- wrong: SELECT / E45 / courses counted
SELECT x.name, COALESCE((SELECT COUNT(y.credits) FROM courses y WHERE y.teacher_id = x.id), 0) AS total FROM teachers x ORDER BY total DESC, x.name
--- wrong: WHERE / E28 / compared with the course's number
SELECT x.name, COALESCE((SELECT SUM(y.credits) FROM courses y WHERE y.id = x.id), 0) AS total FROM teachers x ORDER BY total DESC, x.name
--- wrong: ORDER BY / E23 / by name only
SELECT x.name, COALESCE((SELECT SUM(y.credits) FROM courses y WHERE y.teacher_id = x.id), 0) AS total FROM teachers x ORDER BY x.name
--- wrong: FROM / E27 / teachers without a course lost
WITH s AS (SELECT teacher_id, SUM(credits) AS n FROM courses WHERE teacher_id IS NOT NULL GROUP BY teacher_id)
SELECT teachers.name, s.n FROM teachers JOIN s ON s.teacher_id = teachers.id ORDER BY n DESC, name
--- wrong: WHERE / E20 / advanced courses only
WITH s AS (SELECT teacher_id, SUM(credits) AS n FROM courses WHERE level = 'advanced' GROUP BY teacher_id)
SELECT teachers.name, COALESCE(s.n, 0) AS n FROM teachers LEFT JOIN s ON s.teacher_id = teachers.id ORDER BY n DESC, name
