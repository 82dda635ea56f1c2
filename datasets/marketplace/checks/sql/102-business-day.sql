-- ja: 営業日で数えると金・土が最多で、日曜は暦日で数えるより少ない
-- en: By business day Friday and Saturday are busiest, and Sunday is smaller than by calendar date
-- planted ja: 金曜 19%、土曜 18%、日曜 12%
-- planted en: Friday 19 %, Saturday 18 %, Sunday 12 %
-- found ja: 金 {:.1f}%、土 {:.1f}%、日 {:.1f}%(暦日で数えると日 {:.1f}%)
-- found en: Fri {:.1f} %, Sat {:.1f} %, Sun {:.1f} %; Sun by calendar date {:.1f} %
WITH counted AS (
  SELECT 'business' AS kind, isodow((started_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR)::DATE) AS dow, count(*) AS visits FROM sessions GROUP BY 2
  UNION ALL
  SELECT 'calendar', isodow((started_at_utc + INTERVAL 9 HOUR)::DATE), count(*) FROM sessions GROUP BY 2
),
shares AS (SELECT kind, dow, 100 * visits / sum(visits) OVER (PARTITION BY kind) AS share FROM counted),
days AS (
  SELECT arg_max(dow, share) FILTER (WHERE kind = 'business') AS top,
         max(share) FILTER (WHERE kind = 'business' AND dow = 5) AS friday,
         max(share) FILTER (WHERE kind = 'business' AND dow = 6) AS saturday,
         max(share) FILTER (WHERE kind = 'business' AND dow = 7) AS sunday,
         max(share) FILTER (WHERE kind = 'calendar' AND dow = 7) AS calendar_sunday
  FROM shares
)
SELECT top IN (5, 6) AND sunday < calendar_sunday AS ok,
       friday, saturday, sunday, calendar_sunday
FROM days
