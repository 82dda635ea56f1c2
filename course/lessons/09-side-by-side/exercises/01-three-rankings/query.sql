WITH numbered AS (
  SELECT ROW_NUMBER() OVER (ORDER BY talks DESC, cast_id) AS by_row,
         RANK() OVER (ORDER BY talks DESC) AS by_rank,
         DENSE_RANK() OVER (ORDER BY talks DESC) AS by_dense
  FROM (VALUES (1, 30), (2, 20), (3, 20), (4, 20), (5, 10)) AS casts_mini(cast_id, talks)
)
SELECT (SELECT by_row FROM numbered WHERE by_row = 4) AS row_number_4,
       (SELECT by_rank FROM numbered WHERE by_row = 4) AS rank_4,
       (SELECT by_dense FROM numbered WHERE by_row = 4) AS dense_rank_4,
       (SELECT by_row FROM numbered WHERE by_row = 5) AS row_number_5,
       (SELECT by_rank FROM numbered WHERE by_row = 5) AS rank_5,
       (SELECT by_dense FROM numbered WHERE by_row = 5) AS dense_rank_5
