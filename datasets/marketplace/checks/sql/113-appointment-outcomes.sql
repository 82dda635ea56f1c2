-- ja: アポの辞退・キャンセル・完了の割合。状態の履歴の最後は最新状態と一致する
-- en: Appointments are declined, cancelled and completed in due shares; the last row of the log is the latest status
-- planted ja: 辞退 13%、返事なし 12%、成立後のキャンセル 18%
-- planted en: 13 % declined, 12 % without an answer, 18 % of accepted cancelled
-- found ja: 依頼 {} 件:辞退 {:.1f}%、キャンセル {:.1f}%、完了 {:.1f}%、未決 {} 件
-- found en: {} requests: {:.1f} % declined, {:.1f} % cancelled, {:.1f} % completed, {} unsettled
WITH counted AS (
  SELECT count(*) AS n, 100 * count(*) FILTER (WHERE status = 'declined') / count(*) AS declined,
         100 * count(*) FILTER (WHERE status = 'cancelled') / count(*) AS cancelled,
         100 * count(*) FILTER (WHERE status = 'completed') / count(*) AS completed,
         count(*) FILTER (WHERE status IN ('requested', 'accepted')) AS unsettled
  FROM appointments
),
log AS (
  SELECT count(*) AS n FROM appointments AS a
  JOIN (SELECT appointment_id, arg_max(status, seq) AS last_status FROM appointment_status_log GROUP BY 1) AS l USING (appointment_id)
  WHERE l.last_status <> a.status
)
SELECT declined BETWEEN 7 AND 20 AND cancelled BETWEEN 16 AND 36 AND completed BETWEEN 45 AND 75 AND unsettled > 0 AND log.n = 0 AS ok,
       counted.n, declined, cancelled, completed, unsettled
FROM counted CROSS JOIN log
