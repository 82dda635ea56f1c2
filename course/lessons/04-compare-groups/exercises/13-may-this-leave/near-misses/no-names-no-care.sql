SELECT 'a' AS columns_needed, 'b' AS other_use, 'c' AS pasted, 'a' AS rough_table
