SELECT session_id, app_version
FROM sessions
WHERE platform = 'ios'
  AND (starts_with(app_version, '3.4.') OR starts_with(app_version, '3.5.'))
ORDER BY session_id
LIMIT 20
