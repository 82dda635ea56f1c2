SELECT cast_id, impressions, click_rate
FROM (SELECT cast_id, COUNT(*) AS impressions,
             AVG(CASE WHEN is_clicked THEN 1.0 ELSE 0 END) AS click_rate
      FROM list_impressions
      WHERE screen = 'list'
      GROUP BY cast_id
      ORDER BY click_rate DESC, cast_id
      LIMIT 10) AS top_ten
WHERE impressions >= 50
ORDER BY click_rate DESC, cast_id
