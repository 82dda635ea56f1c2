-- ja: 2台とも共有する2人、同じ端末の行が2つあるゲスト、未審査のゲスト、共有者の中の不正がある
-- en: Two guests who share two devices; a guest with two rows for one device; unreviewed guests; fraud among the sharers
-- planted ja: それぞれある
-- planted en: some of each
-- found ja: 2台を共有 {0} 組、同じ端末で2行 {1} 人、未審査 {2} 人、共有者 {4} 人のうち不正 {3} 人
-- found en: {} pairs with two devices, {} with two rows, {} unreviewed, {} fraud among {} sharers
WITH used AS (SELECT DISTINCT guest_id, device_fp FROM guest_devices),
pairs AS (
  SELECT a.guest_id, b.guest_id FROM used AS a JOIN used AS b ON a.device_fp = b.device_fp AND a.guest_id < b.guest_id
  GROUP BY 1, 2 HAVING count(*) >= 2
),
sharers AS (SELECT DISTINCT guest_id FROM used WHERE device_fp IN (SELECT device_fp FROM used GROUP BY 1 HAVING count(*) >= 2)),
twice AS (SELECT guest_id FROM guest_devices GROUP BY guest_id, device_fp HAVING count(*) >= 2),
reviewed AS (SELECT guest_id, reviewed_label FROM fraud_scores WHERE reviewed_label IS NOT NULL),
counts AS (
  SELECT (SELECT count(*) FROM pairs) AS pairs, (SELECT count(*) FROM sharers) AS sharers,
         (SELECT count(*) FROM twice WHERE guest_id NOT IN (FROM sharers)) AS reinstalled,
         (SELECT count(*) FROM guests WHERE guest_id NOT IN (SELECT guest_id FROM reviewed)) AS unreviewed,
         (SELECT count(*) FROM reviewed WHERE reviewed_label = 'fraud' AND guest_id IN (FROM sharers)) AS fraud
)
SELECT least(pairs, sharers, reinstalled, unreviewed, fraud) > 0 AS ok,
       pairs, reinstalled, unreviewed, fraud, sharers
FROM counts
