-- An online clothing shop in the shape of the public theLook e-commerce data on BigQuery (its facts: tables and columns;
-- typed anew). BigQuery users rarely declare keys, so most references must be read from the names.
CREATE TABLE `shop.distribution_centers` (
  id INT64 NOT NULL,
  name STRING,
  latitude FLOAT64,
  longitude FLOAT64
);
CREATE TABLE `shop.products` (
  id INT64 NOT NULL,
  cost FLOAT64,
  category STRING,
  name STRING,
  brand STRING,
  retail_price FLOAT64,
  department STRING,
  sku STRING,
  distribution_center_id INT64
);
CREATE TABLE `shop.users` (
  id INT64 NOT NULL,
  first_name STRING,
  last_name STRING,
  email STRING,
  age INT64,
  gender STRING,
  state STRING,
  street_address STRING,
  postal_code STRING,
  city STRING,
  country STRING,
  latitude FLOAT64,
  longitude FLOAT64,
  traffic_source STRING OPTIONS(description="How the user came"),
  created_at TIMESTAMP
);
CREATE TABLE `shop.inventory_items` (
  id INT64 NOT NULL,
  product_id INT64,
  created_at TIMESTAMP,
  sold_at TIMESTAMP,
  cost FLOAT64,
  product_category STRING,
  product_name STRING,
  product_brand STRING,
  product_retail_price FLOAT64,
  product_department STRING,
  product_sku STRING,
  product_distribution_center_id INT64
);
CREATE TABLE `shop.orders` (
  order_id INT64 NOT NULL,
  user_id INT64,
  status STRING,
  gender STRING,
  created_at TIMESTAMP,
  returned_at TIMESTAMP,
  shipped_at TIMESTAMP,
  delivered_at TIMESTAMP,
  num_of_item INT64
) PARTITION BY DATE(created_at) OPTIONS(description="One row per order");
CREATE TABLE `shop.order_items` (
  id INT64 NOT NULL,
  order_id INT64,
  user_id INT64,
  product_id INT64,
  inventory_item_id INT64,
  status STRING,
  created_at TIMESTAMP,
  shipped_at TIMESTAMP,
  delivered_at TIMESTAMP,
  returned_at TIMESTAMP,
  sale_price FLOAT64
);
CREATE TABLE `shop.events` (
  id INT64 NOT NULL,
  user_id INT64,
  sequence_number INT64,
  session_id STRING,
  created_at TIMESTAMP,
  ip_address STRING,
  city STRING,
  state STRING,
  postal_code STRING,
  browser STRING,
  traffic_source STRING,
  uri STRING,
  event_type STRING
);
