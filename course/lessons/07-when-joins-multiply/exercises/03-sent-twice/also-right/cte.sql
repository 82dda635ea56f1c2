WITH counted AS (
  SELECT event_id, COUNT(*) AS n_rows
  FROM list_impressions
  WHERE CAST(shown_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) >= DATE '2025-12-25' AND CAST(shown_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) < DATE '2026-01-01'
  GROUP BY event_id
)
SELECT event_id, n_rows FROM counted WHERE n_rows > 1 ORDER BY n_rows DESC, event_id
