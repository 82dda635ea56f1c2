-- The tables beside those of the schema; {key} is guest_id, cast_id or business_date, {kind} its type.

CREATE TABLE measure_plan (
  group_name VARCHAR NOT NULL, area_code VARCHAR, condition VARCHAR, metric VARCHAR NOT NULL,
  treatment_percent TINYINT NOT NULL, starts_on DATE NOT NULL, ends_on DATE NOT NULL
);
COMMENT ON TABLE measure_plan IS '施策の計画（1行） / The plan of the measure (one row)';
COMMENT ON COLUMN measure_plan.group_name IS '対象 existing=前からいるゲスト/newcomers=新しいゲスト/area=1エリア/casts=キャスト/days=営業日 / For whom: guests from before, newcomers, one area, casts, or business days';
COMMENT ON COLUMN measure_plan.area_code IS '対象エリア。このエリアのキャストとのトークとアポだけを数える。NULL=全エリア / Area whose casts alone count; NULL = all areas';
COMMENT ON COLUMN measure_plan.condition IS '対象をさらにしぼる条件。NULL=なし / Condition that narrows the group; NULL = none';
COMMENT ON COLUMN measure_plan.metric IS '指標 talk=トークの開始、answered=返信のあったトーク、appointment=アポ依頼、purchase=成功した購入、sales=その金額（円）。_14dは割付後14日以内に1件でもあったか（salesは合計）、_count_14dはその件数。registrations=その営業日の登録者数 / Metric: a talk opened, a talk answered, an appointment requested, a purchase that succeeded, within 14 days of assignment (whether any, or how many; sales: their yen); or registrations of the business day';
COMMENT ON COLUMN measure_plan.treatment_percent IS '施策ありになる予定だった確率（%） / Planned chance of treatment, in percent';
COMMENT ON COLUMN measure_plan.starts_on IS '割り付けを始めた営業日 / First business day of assignment';
COMMENT ON COLUMN measure_plan.ends_on IS '割り付けを終えた営業日（この日を含む） / Last business day of assignment, inclusive';
CREATE TABLE measure_units (
  {key} {kind} NOT NULL, variant VARCHAR NOT NULL, assigned_at_utc TIMESTAMP NOT NULL, exposed_at_utc TIMESTAMP
);
COMMENT ON TABLE measure_units IS '施策の割り付け。1行=1人（daysでは1営業日） / Who was assigned to the measure, one row each (of days: a business day)';
COMMENT ON COLUMN measure_units.{key} IS '割り付けられた人、または営業日 / Who, or which business day, was assigned';
COMMENT ON COLUMN measure_units.variant IS '群 control=従来/treatment=施策あり / Variant: control or treatment';
COMMENT ON COLUMN measure_units.assigned_at_utc IS '割付日時（UTC） / Assigned at (UTC)';
COMMENT ON COLUMN measure_units.exposed_at_utc IS '施策の場所（一覧）に来た日時（UTC）。両群とも記録。NULL=来なかった / When the list, the place of the measure, was first seen (UTC), recorded in both variants; NULL = never';
