-- ja: 2025年10月登録者のファネルは段ごとに減り、突破率は分母で変わる。人ではなく件数を数えると100%を超える
-- en: The funnel of those who registered in October 2025 narrows stage by stage; breakthrough depends on the denominator, and counting requests instead of guests exceeds 100 %
-- planted ja: 登録者・トークした人・トークの3つの分母
-- planted en: three denominators: registered, talked, talks
-- found ja: 登録 {}、トーク {}、返信 {}、依頼 {}、完了 {}。分母別 {:.1f}%、{:.1f}%、{:.1f}%。依頼件数÷トークした人 {:.1f}%
-- found en: {} registered, {} talked, {} answered, {} asked, {} met; {:.1f} %, {:.1f} %, {:.1f} % by denominator; requests per talking guest {:.1f} %
WITH cohort AS (
  SELECT guest_id FROM guests WHERE NOT is_test AND registered_at_utc >= '2025-09-30 20:00' AND registered_at_utc < '2025-10-31 20:00'
),
stages AS (
  SELECT count(*) AS registered, count(*) FILTER (WHERE guest_id IN (SELECT guest_id FROM talks)) AS talked,
         count(*) FILTER (WHERE guest_id IN (SELECT t.guest_id FROM talks AS t JOIN messages AS m USING (talk_id) WHERE m.sender = 'cast')) AS answered,
         count(*) FILTER (WHERE guest_id IN (SELECT guest_id FROM appointments)) AS asked,
         count(*) FILTER (WHERE guest_id IN (SELECT guest_id FROM appointments WHERE status = 'completed')) AS met
  FROM cohort
),
everybody AS (
  SELECT (SELECT count(*) FROM guests WHERE NOT is_test) AS guests, (SELECT count(DISTINCT guest_id) FROM talks) AS talkers, (SELECT count(*) FROM talks) AS talks,
         (SELECT count(DISTINCT guest_id) FROM appointments) AS askers, (SELECT count(*) FROM appointments) AS requests
)
SELECT registered > talked AND talked >= answered AND answered > asked AND asked > met AND met > 0 AND guests > talkers AND talks > talkers AND requests > talkers AS ok,
       registered, talked, answered, asked, met, 100 * askers / guests, 100 * askers / talkers, 100 * requests / talks, 100 * requests / talkers
FROM stages CROSS JOIN everybody
