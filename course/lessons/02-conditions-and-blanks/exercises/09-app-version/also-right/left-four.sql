SELECT session_id, app_version
FROM sessions
WHERE LEFT(app_version, 4) = '3.4.'
ORDER BY session_id ASC
LIMIT 20
