-- ja: ファネルの弱い段はトーク→アポ依頼
-- en: The weak step of the funnel is from talk to appointment request
-- planted ja: トークから依頼への率がいちばん小さい
-- planted en: talk to request is the smallest rate
-- found ja: 登録 {}、訪問 {}、クリック {}、トーク {}、申し込み {}、成立 {}
-- found en: {} registered, {} visited, {} clicked, {} talked, {} asked, {} accepted
WITH stages AS (
  SELECT (SELECT count(*) FROM guests) AS registered,
         (SELECT count(DISTINCT guest_id) FROM sessions) AS visited,
         (SELECT count(DISTINCT guest_id) FROM list_impressions WHERE is_clicked) AS clicked,
         (SELECT count(DISTINCT guest_id) FROM talks) AS talked,
         (SELECT count(DISTINCT guest_id) FROM appointments) AS asked,
         (SELECT count(DISTINCT a.guest_id) FROM appointments AS a JOIN appointment_status_log AS l USING (appointment_id)
          WHERE l.status = 'accepted') AS accepted
)
SELECT asked / talked < least(visited / registered, clicked / visited, talked / clicked, accepted / asked) AS ok,
       registered, visited, clicked, talked, asked, accepted
FROM stages
