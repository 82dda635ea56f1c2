SELECT COUNT(DISTINCT guest_id) AS puu
FROM point_ledger
WHERE entry_kind = 'purchase'
