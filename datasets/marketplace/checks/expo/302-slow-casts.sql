-- ja: 返信の遅いキャストのまとまりがある
-- en: A group of casts lets guests wait
-- planted ja: 返信の速さは4段階で、下の2段階(25%)は遅く、返信しないことも多い。人気のキャストが1人、いちばん遅い
-- planted en: of four paces the lower two (25 % of casts) answer slowly and more often not at all; one popular cast is among the slowest
-- found ja: 10分以内の返信が1割未満のキャスト {} 人(20件以上のトーク)。トークの {:.1f}%、返信のないトークの {:.1f}%。依頼につながったトークは {:.1f}%、ほかのキャストは {:.1f}%(z {:.1f})
-- found en: {} casts (20 talks or more) answer less than a tenth within ten minutes; they have {:.1f} % of talks and {:.1f} % of those without an answer; {:.1f} % of their talks lead to a request, {:.1f} % of the others' (z {:.1f})
WITH first_reply AS (
  SELECT t.talk_id, t.cast_id, t.guest_id, t.opened_at_utc, date_diff('second', t.opened_at_utc, min(m.sent_at_utc) FILTER (m.sender = 'cast')) / 60 AS waited
  FROM talks AS t JOIN guests AS g ON g.guest_id = t.guest_id AND NOT g.is_test JOIN casts AS c ON c.cast_id = t.cast_id AND NOT c.is_test
  JOIN messages AS m USING (talk_id)
  WHERE t.opened_at_utc + INTERVAL 4 HOUR >= '2025-01-01' AND t.opened_at_utc + INTERVAL 4 HOUR < '2025-12-18'
  GROUP BY t.talk_id, t.cast_id, t.guest_id, t.opened_at_utc HAVING arg_min(m.sender, m.message_id) = 'guest'
),
by_cast AS (SELECT cast_id, avg(coalesce(waited <= 10, false)::INT) < 0.1 AS is_slow FROM first_reply GROUP BY cast_id HAVING count(*) >= 20),
asked AS (
  SELECT f.*, b.is_slow, (EXISTS (SELECT 1 FROM appointments AS a WHERE a.talk_id = f.talk_id))::INT AS asks
  FROM first_reply AS f JOIN by_cast AS b USING (cast_id)
),
summed AS (
  SELECT count(DISTINCT cast_id) FILTER (is_slow) AS casts, avg(is_slow::INT) AS of_talks, avg(is_slow::INT) FILTER (waited IS NULL) AS of_silent,
         avg(asks) FILTER (is_slow) AS p1, avg(asks) FILTER (NOT is_slow) AS p0, avg(asks) AS p,
         count(*) FILTER (is_slow) AS n1, count(*) FILTER (NOT is_slow) AS n0
  FROM asked
)
SELECT casts >= 3 AND of_silent > 1.5 * of_talks AND (p0 - p1) / sqrt(p * (1 - p) * (1 / n1 + 1 / n0)) >= 3 AS ok,
       casts, 100 * of_talks, 100 * of_silent, 100 * p1, 100 * p0, (p0 - p1) / sqrt(p * (1 - p) * (1 / n1 + 1 / n0))
FROM summed
