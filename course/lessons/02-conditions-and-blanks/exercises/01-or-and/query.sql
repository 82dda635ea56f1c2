SELECT bool_or(cast_name = 'A') AS a,
       bool_or(cast_name = 'B') AS b,
       bool_or(cast_name = 'C') AS c,
       bool_or(cast_name = 'D') AS d,
       bool_or(cast_name = 'E') AS e
FROM (VALUES ('A', 'SHIBUYA',  'gold'),
             ('B', 'SHIBUYA',  'standard'),
             ('C', 'SHINJUKU', 'gold'),
             ('D', 'SHINJUKU', 'silver'),
             ('E', 'YOKOHAMA', 'gold')) AS casts_mini(cast_name, area_code, grade)
WHERE area_code = 'SHIBUYA' OR area_code = 'SHINJUKU' AND grade = 'gold'
