SELECT session_id, app_version
FROM sessions
WHERE guest_id BETWEEN 1 AND 100
  AND (app_version LIKE '3.4.%' OR app_version LIKE '3.5.%')
ORDER BY session_id
