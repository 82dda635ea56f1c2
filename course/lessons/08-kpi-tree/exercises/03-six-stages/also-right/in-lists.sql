WITH registered AS (
  SELECT guest_id
  FROM guests
  WHERE NOT is_test
    AND registered_at_utc >= TIMESTAMP '2025-09-30 20:00'
    AND registered_at_utc < TIMESTAMP '2025-10-31 20:00'
),
talked AS (SELECT guest_id FROM registered WHERE guest_id IN (SELECT guest_id FROM talks)),
replied AS (SELECT guest_id FROM talked WHERE guest_id IN (SELECT t.guest_id FROM talks AS t JOIN messages AS m ON m.talk_id = t.talk_id WHERE m.sender = 'cast')),
requested AS (SELECT guest_id FROM replied WHERE guest_id IN (SELECT guest_id FROM appointments)),
completed AS (SELECT guest_id FROM requested WHERE guest_id IN (SELECT guest_id FROM appointments WHERE status = 'completed')),
paid AS (SELECT guest_id FROM completed WHERE guest_id IN (SELECT guest_id FROM payments WHERE kind = 'purchase' AND status = 'succeeded'))
SELECT (SELECT COUNT(*) FROM registered) AS registered, (SELECT COUNT(*) FROM talked) AS talked, (SELECT COUNT(*) FROM replied) AS replied,
       (SELECT COUNT(*) FROM requested) AS requested, (SELECT COUNT(*) FROM completed) AS completed, (SELECT COUNT(*) FROM paid) AS paid
