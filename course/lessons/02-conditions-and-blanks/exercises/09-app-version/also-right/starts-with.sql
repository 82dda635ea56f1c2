SELECT session_id, app_version
FROM sessions
WHERE starts_with(app_version, '3.4.')
ORDER BY session_id
LIMIT 20
