-- the repair removes rows instead of correcting the condition
SELECT cast_id, area, cast_rank FROM casts
WHERE (area = '渋谷' OR area = '新宿' AND cast_rank = 'gold' AND is_active) AND cast_rank <> 'bronze'
