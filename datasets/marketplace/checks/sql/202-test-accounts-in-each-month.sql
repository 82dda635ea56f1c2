-- ja: 毎月、トークとアポのあるテスト用アカウントが登録されている
-- en: In each month a test account registers that has a talk and an appointment
-- planted ja: 24か月
-- planted en: 24 months
-- found ja: {} か月
-- found en: {} months
WITH months AS (
  SELECT DISTINCT date_trunc('month', registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR) AS m FROM guests
  WHERE is_test AND guest_id IN (SELECT guest_id FROM talks) AND guest_id IN (SELECT guest_id FROM appointments)
)
SELECT count(*) = 24 AS ok, count(*) FROM months
