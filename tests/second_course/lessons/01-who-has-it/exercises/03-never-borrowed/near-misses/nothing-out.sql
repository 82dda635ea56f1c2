SELECT m.member_id
FROM members AS m
WHERE NOT EXISTS (SELECT 1 FROM loans AS l WHERE l.member_id = m.member_id AND l.returned_at IS NULL)
