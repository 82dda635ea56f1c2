--- title: Pairs of students with the same advisor, each pair once
--- solution
SELECT a.name AS one, b.name AS other FROM students a JOIN students b ON b.advisor_id = a.advisor_id AND a.id < b.id
--- alternative: comma join
SELECT x.name, y.name FROM students x, students y WHERE x.advisor_id = y.advisor_id AND y.id > x.id
--- alternative: EXISTS on the teacher
SELECT x.name, y.name FROM students x CROSS JOIN students y
WHERE x.id < y.id AND EXISTS (SELECT 1 FROM teachers t WHERE t.id = x.advisor_id AND t.id = y.advisor_id)
--- wrong: FROM WHERE / E22 / each pair twice
SELECT x.name, y.name FROM students x, students y WHERE x.advisor_id = y.advisor_id AND y.id <> x.id
--- wrong: FROM WHERE / E22 / each student with itself
SELECT x.name, y.name FROM students x, students y WHERE x.advisor_id = y.advisor_id AND y.id >= x.id
--- wrong: FROM WHERE / E20 / whatever the advisor
SELECT x.name, y.name FROM students x, students y WHERE y.id > x.id
--- wrong: FROM WHERE / E28 / of the same year
SELECT x.name, y.name FROM students x, students y WHERE x.year = y.year AND y.id > x.id
--- wrong: SELECT / E43 / the same name twice
SELECT x.name, x.name FROM students x, students y WHERE x.advisor_id = y.advisor_id AND y.id > x.id
