-- ja: 表示ログに再送の重複(0.3%)と1日以上遅れた行(1%)がある
-- en: The impression log holds resent rows (0.3 %) and rows more than a day late (1 %)
-- planted ja: 0.3% と 1%。データの終わりより後に届く行はない
-- planted en: 0.3 % and 1 %; nothing arrives after the end of the data
-- found ja: 再送 {:.3f}%、遅延 {:.3f}%
-- found en: {:.3f} % resent, {:.3f} % late
WITH counted AS (
  SELECT 100 * (count(*) - count(DISTINCT event_id)) / count(*) AS resent,
         100 * count(*) FILTER (WHERE ingested_at_utc > shown_at_utc + INTERVAL 1 DAY) / count(*) AS late,
         count(*) FILTER (WHERE ingested_at_utc >= '2025-12-31 20:00') AS beyond
  FROM list_impressions
)
SELECT resent BETWEEN 0.2 AND 0.4 AND late BETWEEN 0.7 AND 1.3 AND beyond = 0 AS ok, resent, late
FROM counted
