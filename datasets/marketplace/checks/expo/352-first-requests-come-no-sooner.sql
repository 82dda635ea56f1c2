-- ja: 見せかけ:最初のトークから依頼までが、年々短くなっている
-- en: False trail: guests ask sooner after their first talk than they used to
-- planted ja: 新しいゲストほど見ていた日数が短いだけ
-- planted en: newer guests have only been watched for less time
-- found ja: 2024年1〜3月と2025年10〜12月の中央値:期限なしでは {:.1f} 日と {:.1f} 日、14日以内にそろえると {:.1f} 日と {:.1f} 日
-- found en: medians of January to March 2024 and October to December 2025: {:.1f} and {:.1f} days without a limit, {:.1f} and {:.1f} within 14 days
WITH firsts AS (
  SELECT t.guest_id, min(t.opened_at_utc) AS talked FROM talks AS t JOIN guests AS g ON g.guest_id = t.guest_id AND NOT g.is_test GROUP BY t.guest_id
),
waits AS (
  SELECT f.talked, date_diff('second', f.talked, min(a.requested_at_utc)) / 86400 AS days
  FROM firsts AS f JOIN appointments AS a ON a.guest_id = f.guest_id AND a.requested_at_utc >= f.talked GROUP BY f.guest_id, f.talked
),
medians AS (
  SELECT median(days) FILTER (talked < '2024-04-01') AS old, median(days) FILTER (talked >= '2025-10-01') AS new,
         median(days) FILTER (talked < '2024-04-01' AND days < 14) AS old14, median(days) FILTER (talked >= '2025-10-01' AND talked < '2025-12-18' AND days < 14) AS new14
  FROM waits
)
SELECT old > 1.5 * new AND new14 BETWEEN 0.6 * old14 AND 1.7 * old14 AS ok, old, new, old14, new14 FROM medians
