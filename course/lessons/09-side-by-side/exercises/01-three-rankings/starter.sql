SELECT ___ AS row_number_4, ___ AS rank_4, ___ AS dense_rank_4,
       ___ AS row_number_5, ___ AS rank_5, ___ AS dense_rank_5
