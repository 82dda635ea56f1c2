SELECT ___ AS inner_rows, ___ AS left_rows
