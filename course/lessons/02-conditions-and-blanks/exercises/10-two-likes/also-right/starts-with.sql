SELECT session_id, app_version
FROM sessions
WHERE platform = 'ios'
  AND guest_id BETWEEN 1 AND 100
  AND (starts_with(app_version, '3.4.') OR starts_with(app_version, '3.5.'))
ORDER BY session_id
