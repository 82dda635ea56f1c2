SELECT session_id, app_version
FROM sessions
WHERE app_version LIKE '%3.4.%'
ORDER BY session_id
LIMIT 20
