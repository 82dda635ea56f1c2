SELECT COUNT(*) AS n_rows
FROM (SELECT guest_id, cast_id
      FROM (VALUES (1, 10), (1, 10), (1, 20), (2, 10)) AS talks_mini(guest_id, cast_id)
      GROUP BY guest_id, cast_id)
