--- title: First-year or second-year students who have an e-mail address
--- solution
SELECT id, name FROM students WHERE (year = 1 OR year = 2) AND email IS NOT NULL
--- alternative: IN
SELECT s.id, s.name FROM students s WHERE s.year IN (1, 2) AND NOT s.email IS NULL
--- alternative: UNION
SELECT id, name FROM students WHERE year = 1 AND email IS NOT NULL
UNION ALL SELECT id, name FROM students WHERE year = 2 AND email IS NOT NULL
--- alternative: BETWEEN in a CTE
WITH reachable AS (SELECT * FROM students WHERE email IS NOT NULL) SELECT id, name FROM reachable WHERE year BETWEEN 1 AND 2
--- wrong: WHERE / E21 / brackets missing
SELECT s.id, s.name FROM students s WHERE s.year = 1 OR s.year = 2 AND s.email IS NOT NULL
--- wrong: WHERE / E10 / an empty text is not NULL
SELECT s.id, s.name FROM students s WHERE s.year IN (1, 2) AND s.email <> ''
--- wrong: WHERE / E10 / <> NULL
SELECT s.id, s.name FROM students s WHERE s.year IN (1, 2) AND s.email <> NULL
--- wrong: WHERE / E22 / one year forgotten
SELECT s.id, s.name FROM students s WHERE s.year IN (1) AND NOT s.email IS NULL
--- wrong: WHERE / E20 / the address not asked for
WITH reachable AS (SELECT * FROM students) SELECT id, name FROM reachable WHERE year BETWEEN 1 AND 2
--- wrong: WHERE / E22 / up to the third year
WITH reachable AS (SELECT * FROM students WHERE email IS NOT NULL) SELECT id, name FROM reachable WHERE year BETWEEN 1 AND 3
--- wrong: WHERE / E46 / those without an address
SELECT s.id, s.name FROM students s WHERE s.year IN (1, 2) AND s.email IS NULL
--- wrong: SELECT / E43 / the year instead of the name
SELECT s.id, s.year FROM students s WHERE s.year IN (1, 2) AND s.email IS NOT NULL
