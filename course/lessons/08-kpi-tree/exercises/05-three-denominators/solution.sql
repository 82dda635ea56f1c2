SELECT 'a' AS marketing, 'b' AS product, 'c' AS cast_ops
