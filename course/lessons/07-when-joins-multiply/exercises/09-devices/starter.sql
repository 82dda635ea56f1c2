SELECT ___ AS count_rows, ___ AS count_distinct
