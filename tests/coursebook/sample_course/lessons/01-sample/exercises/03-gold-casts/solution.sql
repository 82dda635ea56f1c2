SELECT cast_id, area, cast_rank
FROM casts
WHERE area IN ('渋谷', '新宿')
  AND cast_rank = 'gold'
  AND is_active
