-- ja: 不正スコアと審査:不正は高得点で、未審査と採点不能がある
-- en: Scores and reviews: fraud scores high; some guests are unreviewed, some unscored
WITH parts AS (
  SELECT avg(score) FILTER (WHERE reviewed_label = 'fraud') AS bad, avg(score) FILTER (WHERE reviewed_label = 'ok') AS good,
         count(*) FILTER (WHERE reviewed_label = 'fraud') AS fraud, count(*) FILTER (WHERE reviewed_label = 'ok') AS fine,
         count(*) FILTER (WHERE reviewed_label IS NULL) AS unreviewed, count(*) FILTER (WHERE score IS NULL) AS unscored
  FROM fraud_scores
)
SELECT bad > good + 150 AND fine > 0 AND unreviewed > 0 AND unscored > 0 AS ok,
       'sharing a device +330, a burst +230, no channel +90' AS planted,
       format('mean score fraud {:.0f}, ok {:.0f}; {} fraud, {} ok, {} unreviewed, {} unscored', bad, good, fraud, fine, unreviewed, unscored) AS found
FROM parts
