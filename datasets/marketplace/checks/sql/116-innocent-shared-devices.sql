-- ja: 家族で端末を共有する、不正ではないゲストがいる
-- en: Families share a device in all innocence
-- planted ja: 1,000人に9組、不正は0
-- planted en: nine pairs in 1,000 guests, none of them fraud
-- found ja: {} 人、うち不正 {} 人
-- found en: {} guests, {} of them fraud
WITH users AS (SELECT device_fp, count(DISTINCT guest_id) AS n FROM guest_devices GROUP BY 1),
ring AS (SELECT guest_id FROM guest_devices JOIN users USING (device_fp) WHERE n >= 3),
families AS (SELECT DISTINCT guest_id FROM guest_devices JOIN users USING (device_fp) WHERE n = 2 AND guest_id NOT IN (FROM ring)),
counts AS (
  SELECT (SELECT count(*) FROM families) AS members,
         (SELECT count(*) FROM fraud_scores WHERE reviewed_label = 'fraud' AND guest_id IN (FROM families)) AS fraud
)
SELECT members >= 4 AND fraud = 0 AS ok,
       members, fraud
FROM counts
