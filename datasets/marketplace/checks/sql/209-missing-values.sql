-- ja: 県・経路・生年・タグ・評価の欠けた行がある
-- en: Prefecture, channel, year of birth, tag and rating are missing in places
-- planted ja: ゲストの 6%・8%・8%・20%、完了アポの 38%
-- planted en: 6 %, 8 %, 8 %, 20 % of guests; 38 % of completed appointments
-- found ja: 県 {}、経路 {}、生年 {}、タグ {}、評価 {}
-- found en: {} prefectures, {} channels, {} years, {} tags, {} ratings
WITH counts AS (
  SELECT count(*) FILTER (WHERE prefecture IS NULL) AS prefectures, count(*) FILTER (WHERE acquisition_channel IS NULL) AS channels,
         count(*) FILTER (WHERE birth_year IS NULL) AS years, count(*) FILTER (WHERE interest_tag IS NULL) AS tags,
         (SELECT count(*) FROM appointments WHERE status = 'completed' AND guest_rating IS NULL) AS ratings
  FROM guests
)
SELECT least(prefectures, channels, years, tags, ratings) > 0 AS ok,
       prefectures, channels, years, tags, ratings
FROM counts
