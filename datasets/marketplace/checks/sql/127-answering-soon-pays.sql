-- ja: 昼の返信は遅い。10分以内の返信のあとは、アポの依頼が多い
-- en: Answers are slow by day; after an answer within ten minutes more requests follow
-- planted ja: 10時〜16時台に始まったトークは 2.2 倍待つ。10分以内なら依頼は3分の1多い(小さいデータでは差が揺れに隠れる)
-- planted en: talks opened from 10 to 17 o'clock wait 2.2 times as long; within ten minutes a third more ask (chance hides it in small data sets)
-- found ja: 中央値は昼 {:.1f} 分、17時以降 {:.1f} 分。アポを依頼したトークは、10分以内 {:.1f}%、あと {:.1f}%(z {:.1f})
-- found en: medians {:.1f} min by day, {:.1f} from 17 o'clock; talks with a request {:.1f} % within ten minutes, {:.1f} % later (z {:.1f})
WITH first_reply AS (
  SELECT t.talk_id, hour(t.opened_at_utc + INTERVAL 9 HOUR) AS opened, arg_min(m.sender, m.message_id) AS begins,
         date_diff('second', t.opened_at_utc, min(m.sent_at_utc) FILTER (m.sender = 'cast')) / 60 AS waited
  FROM talks AS t JOIN messages AS m USING (talk_id) WHERE t.opened_at_utc < '2025-12-01' GROUP BY t.talk_id, t.opened_at_utc
),
asked AS (SELECT DISTINCT talk_id FROM appointments WHERE talk_id IS NOT NULL),
answered AS (
  SELECT opened, waited, (f.talk_id IN (FROM asked))::INT AS asks FROM first_reply AS f WHERE begins = 'guest' AND waited IS NOT NULL
),
summed AS (
  SELECT median(waited) FILTER (opened BETWEEN 10 AND 16) AS day, median(waited) FILTER (opened >= 17) AS evening,
         avg(asks) FILTER (waited <= 10) AS soon, avg(asks) FILTER (waited > 10) AS late, avg(asks) AS p,
         count(*) FILTER (waited <= 10) AS n1, count(*) FILTER (waited > 10) AS n0
  FROM answered
)
SELECT day > 1.5 * evening AND (n1 + n0 < 5000 OR (soon - late) / sqrt(p * (1 - p) * (1 / n1 + 1 / n0)) >= 3) AS ok,
       day, evening, 100 * soon, 100 * late, (soon - late) / sqrt(p * (1 - p) * (1 / n1 + 1 / n0))
FROM summed
