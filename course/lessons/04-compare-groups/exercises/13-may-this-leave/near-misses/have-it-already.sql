SELECT 'a' AS columns_needed, 'a' AS other_use, 'c' AS pasted, 'b' AS rough_table
