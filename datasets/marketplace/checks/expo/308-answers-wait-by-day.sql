-- ja: 昼に始まったトークは返信を待たされ、待った人は依頼が少ない
-- en: Talks opened by day wait for an answer, and those who waited ask less
-- planted ja: 10時〜16時台に始まったトークは 2.2 倍待つ。10分以内の返信のあとは依頼が3分の1多い
-- planted en: talks opened from 10 to 17 o'clock wait 2.2 times as long; after an answer within ten minutes a third more ask
-- found ja: 10分以内の返信(返信のあったトーク):昼 {:.1f}%、17時以降 {:.1f}%(z {:.1f})。依頼につながったのは、10分以内 {:.1f}%、それより後 {:.1f}%(z {:.1f})
-- found en: answered within ten minutes (of answered talks): {:.1f} % by day, {:.1f} % from 17 o'clock (z {:.1f}); with a request: {:.1f} % within ten minutes, {:.1f} % later (z {:.1f})
WITH first_reply AS (
  SELECT t.talk_id, hour(t.opened_at_utc + INTERVAL 9 HOUR) AS opened, date_diff('second', t.opened_at_utc, min(m.sent_at_utc) FILTER (m.sender = 'cast')) / 60 AS waited
  FROM talks AS t JOIN guests AS g ON g.guest_id = t.guest_id AND NOT g.is_test JOIN messages AS m USING (talk_id)
  WHERE t.opened_at_utc + INTERVAL 4 HOUR >= '2025-01-01' AND t.opened_at_utc + INTERVAL 4 HOUR < '2025-12-18'
  GROUP BY t.talk_id, t.opened_at_utc HAVING arg_min(m.sender, m.message_id) = 'guest'
),
answered AS (
  SELECT opened BETWEEN 10 AND 16 AS by_day, opened >= 17 AS in_evening, (waited <= 10)::INT AS soon,
         (EXISTS (SELECT 1 FROM appointments AS a WHERE a.talk_id = f.talk_id))::INT AS asks
  FROM first_reply AS f WHERE waited IS NOT NULL
),
summed AS (
  SELECT avg(soon) FILTER (by_day) AS d, avg(soon) FILTER (in_evening) AS e, avg(soon) AS s, count(*) FILTER (by_day) AS nd, count(*) FILTER (in_evening) AS ne,
         avg(asks) FILTER (soon = 1) AS a1, avg(asks) FILTER (soon = 0) AS a0, avg(asks) AS a, count(*) FILTER (soon = 1) AS n1, count(*) FILTER (soon = 0) AS n0
  FROM answered
),
tested AS (SELECT *, (e - d) / sqrt(s * (1 - s) * (1 / nd + 1 / ne)) AS z_wait, (a1 - a0) / sqrt(a * (1 - a) * (1 / n1 + 1 / n0)) AS z_asks FROM summed)
SELECT z_wait >= 5 AND z_asks >= 3 AS ok, 100 * d, 100 * e, z_wait, 100 * a1, 100 * a0, z_asks FROM tested
