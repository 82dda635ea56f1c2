WITH smoothed AS (
  SELECT name,
         clicks + 20 * 0.1 AS clicks_10,
         clicks + 20 * 0.14 AS clicks_14,
         imps + 20 AS imps_20
  FROM (VALUES ('A', 1, 2), ('B', 60, 400), ('C', 0, 0)) AS shown(name, clicks, imps)
)
SELECT (SELECT clicks_10 FROM smoothed WHERE name = 'A') AS a_clicks,
       (SELECT imps_20 FROM smoothed WHERE name = 'A') AS a_imps,
       (SELECT name FROM smoothed WHERE name <> 'C' ORDER BY clicks_10 / imps_20 DESC LIMIT 1) AS higher,
       (SELECT name FROM smoothed WHERE name <> 'C' ORDER BY clicks_14 / imps_20 DESC LIMIT 1) AS higher_at_14,
       (SELECT clicks_10 / imps_20 FROM smoothed WHERE name = 'C') AS c_score
