WITH per_cast AS (
  SELECT cast_id, COUNT(*) AS impressions, SUM(CASE WHEN is_clicked THEN 1 ELSE 0 END) AS clicks
  FROM list_impressions
  WHERE screen = 'list'
  GROUP BY cast_id
)
SELECT cast_id, impressions, clicks * 1.0 / impressions AS click_rate
FROM per_cast
WHERE impressions > 49
ORDER BY click_rate DESC, cast_id
LIMIT 10
