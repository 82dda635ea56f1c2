-- ja: 返信の速さはキャストで違い、返信のないトークと24時間を超える返信がある
-- en: Reply times differ by cast; some talks get no reply, some only after 24 hours
-- planted ja: 返信の速さは4段階。返信なしは 5〜34%
-- planted en: four paces of answering; 5 % to 34 % unanswered
-- found ja: 返信なし {:.1f}%、24時間超 {} 件、中央値 {:.1f} 分(キャスト別 {:.1f}〜{:.1f} 分)
-- found en: {:.1f} % unanswered, {} after 24 h, median {:.1f} min; medians of casts {:.1f} to {:.1f} min
WITH first_reply AS (
  SELECT t.talk_id, t.cast_id, date_diff('second', t.opened_at_utc, min(m.sent_at_utc) FILTER (WHERE m.sender = 'cast')) / 60 AS waited,
         arg_min(m.sender, m.message_id) AS begins
  FROM talks AS t JOIN messages AS m USING (talk_id) GROUP BY t.talk_id, t.cast_id, t.opened_at_utc
),
by_cast AS (SELECT median(waited) AS mid FROM first_reply GROUP BY cast_id HAVING count(waited) >= 8),
parts AS (
  SELECT 100 * count(*) FILTER (WHERE waited IS NULL) / count(*) AS unanswered, count(*) FILTER (WHERE waited > 1440) AS late, median(waited) AS mid,
         count(*) FILTER (WHERE begins = 'guest') / count(*) AS by_guest, count(*) FILTER (WHERE begins = 'cast') AS by_casts
  FROM first_reply
),
spread AS (SELECT min(mid) AS fastest, max(mid) AS slowest FROM by_cast)
SELECT unanswered BETWEEN 5 AND 28 AND late > 0 AND by_guest > 0.8 AND by_casts > 0 AND slowest > 5 * fastest AS ok,
       unanswered, late, mid, fastest, slowest
FROM parts CROSS JOIN spread
