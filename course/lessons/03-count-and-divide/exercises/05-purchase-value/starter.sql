SELECT ___(amount_yen)        AS purchase_yen,
       COUNT(___)             AS purchases,
       ROUND(___(amount_yen)) AS avg_yen
FROM payments
WHERE kind = 'purchase'
  AND status = '___'
