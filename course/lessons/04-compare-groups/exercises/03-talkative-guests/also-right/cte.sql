WITH t AS (SELECT guest_id, COUNT(*) AS n FROM talks WHERE source = 'favorite' GROUP BY guest_id)
SELECT guest_id, n
FROM t
WHERE n >= 3
ORDER BY n DESC, guest_id
