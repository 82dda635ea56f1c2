SELECT 4 AS row_number_4, 2 AS rank_4, 2 AS dense_rank_4, 5 AS row_number_5, 5 AS rank_5, 3 AS dense_rank_5
