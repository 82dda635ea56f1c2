SELECT '___' AS columns_needed, '___' AS other_use, '___' AS pasted, '___' AS rough_table
