-- ja: 実験3(welcome_coupon):人数比の崩れ(SRM、|z|≥3)。効果は仕込んでいない
-- en: Experiment 3 (welcome_coupon): sample-ratio mismatch (|z| >= 3); no effect is planted
-- planted ja: 施策ありが半数より少ない
-- planted en: fewer than half are treated
-- found ja: {} 人と {} 人、人数比の z {:.2f}
-- found en: n {} and {}; ratio z {:.2f}
WITH arms AS (
  SELECT count(*) FILTER (variant = 'control') AS n0, count(*) FILTER (variant = 'treatment') AS n1
  FROM experiment_assignments AS e JOIN guests AS g USING (guest_id)
  WHERE e.experiment_id = 3 AND NOT g.is_test
)
SELECT (n1 - n0) / sqrt(n0 + n1) <= -3 AS ok, n0, n1, (n1 - n0) / sqrt(n0 + n1) FROM arms
