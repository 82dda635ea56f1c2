SELECT session_id, app_version
FROM sessions
WHERE LEFT(app_version, 4) IN ('3.4.', '3.5.')
  AND platform = 'ios'
  AND guest_id >= 1 AND guest_id <= 100
ORDER BY session_id
