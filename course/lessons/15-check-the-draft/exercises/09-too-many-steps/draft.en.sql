-- Prepare the guests without test accounts
WITH base AS (
  SELECT guest_id, registered_at_utc, verified_at_utc
  FROM guests
  WHERE is_test = FALSE
),
-- Keep those who registered in December (business days) and flag who is verified
december AS (
  SELECT guest_id, CASE WHEN verified_at_utc IS NOT NULL THEN 1 ELSE 0 END AS is_verified
  FROM base
  WHERE registered_at_utc >= TIMESTAMP '2025-11-30 20:00'
    AND registered_at_utc < TIMESTAMP '2025-12-31 20:00'
)
-- Count them
SELECT
  COUNT(guest_id) AS guests,
  COUNT(CASE WHEN is_verified = 1 THEN guest_id END) AS verified
FROM december
