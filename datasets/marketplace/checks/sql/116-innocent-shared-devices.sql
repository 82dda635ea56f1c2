-- ja: 家族で端末を共有する、不正ではないゲストがいる
-- en: Families share a device in all innocence
WITH users AS (SELECT device_fp, count(DISTINCT guest_id) AS n FROM guest_devices GROUP BY 1),
ring AS (SELECT guest_id FROM guest_devices JOIN users USING (device_fp) WHERE n >= 3),
families AS (SELECT DISTINCT guest_id FROM guest_devices JOIN users USING (device_fp) WHERE n = 2 AND guest_id NOT IN (FROM ring)),
counts AS (
  SELECT (SELECT count(*) FROM families) AS members,
         (SELECT count(*) FROM fraud_scores WHERE reviewed_label = 'fraud' AND guest_id IN (FROM families)) AS fraud
)
SELECT members >= 4 AND fraud = 0 AS ok, 'nine pairs in 1,000 guests, none of them fraud' AS planted,
       format('{} guests, {} of them fraud', members, fraud) AS found
FROM counts
