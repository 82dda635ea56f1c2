SELECT ___ AS hours_a, ___ AS hours_b
