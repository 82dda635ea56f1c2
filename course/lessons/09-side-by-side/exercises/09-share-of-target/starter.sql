WITH params AS (SELECT 8000000 AS target_yen)
-- business_date, sales_yen, running_yen, target_share
