SELECT session_id, app_version
FROM sessions
WHERE LEFT(app_version, 4) IN ('3.4.', '3.5.')
  AND platform = 'ios'
ORDER BY session_id
LIMIT 20
