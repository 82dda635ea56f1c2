-- ja: 見せかけ:サービスが丸1日落ちた日がある
-- en: False trail: the service was down for whole days
-- planted ja: 訪問が0件の日はカレンダーの休業日(is_closed)だけで、前後の日はふだんどおり
-- planted en: only the calendar's closed days (is_closed) have no visit; the days around them are as usual
-- found ja: 訪問が0件の日 {} 日、そのうち休業日 {} 日。前後7日間の訪問は1日 {:.0f} 件、その前の4週間は {:.0f} 件
-- found en: {} days without a visit, {} of them closed; {:.0f} visits a day in the seven days before and after, {:.0f} in the four weeks before those
WITH visits AS (
  SELECT c.business_date, c.is_closed, count(s.session_id) AS visits
  FROM calendar AS c
  LEFT JOIN (SELECT session_id, (started_at_utc + INTERVAL 4 HOUR)::DATE AS day FROM sessions AS s JOIN guests AS g ON g.guest_id = s.guest_id AND NOT g.is_test) AS s
    ON s.day = c.business_date
  WHERE c.business_date <= '2025-12-31' GROUP BY c.business_date, c.is_closed
),
around AS (
  SELECT avg(v.visits) FILTER (abs(v.business_date - x.business_date) BETWEEN 1 AND 7) AS near,
         avg(v.visits) FILTER (v.business_date - x.business_date BETWEEN -35 AND -8) AS before
  FROM visits AS v CROSS JOIN (FROM visits WHERE is_closed) AS x
)
SELECT (SELECT count(*) FROM visits WHERE visits = 0 AND NOT is_closed) = 0 AND (SELECT count(*) FROM visits WHERE visits = 0) > 0 AND near > 0.75 * before AS ok,
       (SELECT count(*) FROM visits WHERE visits = 0), (SELECT count(*) FROM visits WHERE visits = 0 AND is_closed), near, before
FROM around
