-- ja: 不正スコアと審査:不正は高得点で、未審査と採点不能がある
-- en: Scores and reviews: fraud scores high; some guests are unreviewed, some unscored
-- planted ja: 端末の共有 +330、一斉送信 +230、経路不明 +90
-- planted en: sharing a device +330, a burst +230, no channel +90
-- found ja: 平均点 不正 {:.0f}、問題なし {:.0f}。不正 {}、問題なし {}、未審査 {}、採点不能 {}
-- found en: mean score fraud {:.0f}, ok {:.0f}; {} fraud, {} ok, {} unreviewed, {} unscored
WITH parts AS (
  SELECT avg(score) FILTER (WHERE reviewed_label = 'fraud') AS bad, avg(score) FILTER (WHERE reviewed_label = 'ok') AS good,
         count(*) FILTER (WHERE reviewed_label = 'fraud') AS fraud, count(*) FILTER (WHERE reviewed_label = 'ok') AS fine,
         count(*) FILTER (WHERE reviewed_label IS NULL) AS unreviewed, count(*) FILTER (WHERE score IS NULL) AS unscored
  FROM fraud_scores
)
SELECT bad > good + 150 AND fine > 0 AND unreviewed > 0 AND unscored > 0 AS ok,
       bad, good, fraud, fine, unreviewed, unscored
FROM parts
