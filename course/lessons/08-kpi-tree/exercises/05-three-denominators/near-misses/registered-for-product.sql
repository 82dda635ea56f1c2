SELECT 'a' AS marketing, 'a' AS product, 'c' AS cast_ops
