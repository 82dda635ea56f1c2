-- Fills rental_store in DuckDB with uneven data, so that there is something to profile: about 30,000 rows.
-- u(x, s) is a number in [0, 1) that depends on x and s alone.
CREATE MACRO u(x, s) AS (md5_number_lower(concat(x, ':', s)) % 1000003) / 1000003.0;
INSERT INTO country SELECT i, 'Country ' || i, TIMESTAMP '2023-02-15 09:00:00' FROM range(1, 61) t(i);
INSERT INTO city SELECT i, 'City ' || i, 1 + floor(60 * pow(u(i, 'country'), 2))::INT, TIMESTAMP '2023-02-15 09:00:00' FROM range(1, 601) t(i);
INSERT INTO address SELECT i, i || ' Long Street', NULL, 'District ' || (i % 40), 1 + (i * 7) % 600, '1' || (10000 + i), '555-' || i, TIMESTAMP '2023-02-15 09:00:00' FROM range(1, 1501) t(i);
INSERT INTO language SELECT i, 'Language ' || i, TIMESTAMP '2023-02-15 09:00:00' FROM range(1, 7) t(i);
INSERT INTO category SELECT i, 'Genre ' || i, TIMESTAMP '2023-02-15 09:00:00' FROM range(1, 17) t(i);
INSERT INTO actor SELECT i, 'First' || i, 'Last' || i, TIMESTAMP '2023-02-15 09:00:00' FROM range(1, 201) t(i);
INSERT INTO film SELECT i, 'Film ' || i, 'A story of ' || i, 1990 + floor(33 * sqrt(u(i, 'year')))::INT, 1 + floor(6 * pow(u(i, 'language'), 5))::INT,
  CASE WHEN u(i, 'orig') < 0.1 THEN 1 + floor(6 * u(i, 'orig2'))::INT END, 3 + floor(5 * u(i, 'duration'))::INT,
  [0.99, 2.99, 4.99][1 + floor(3 * pow(u(i, 'rate'), 0.8))::INT], 46 + floor(139 * (u(i, 'l1') + u(i, 'l2')) / 2)::INT, 9.99 + floor(20 * u(i, 'cost')),
  ['PG-13', 'NC-17', 'R', 'PG', 'G'][1 + floor(5 * pow(u(i, 'rating'), 1.3))::INT], NULL, NULL, TIMESTAMP '2023-02-15 09:00:00' FROM range(1, 1001) t(i);
INSERT INTO film_actor SELECT DISTINCT 1 + floor(200 * pow(u(i, 'actor'), 1.4))::INT, 1 + floor(1000 * u(i, 'film'))::INT, TIMESTAMP '2023-02-15 09:00:00' FROM range(5600) t(i);
INSERT INTO film_category SELECT i, 1 + floor(16 * pow(u(i, 'category'), 1.2))::INT, TIMESTAMP '2023-02-15 09:00:00' FROM range(1, 1001) t(i);
INSERT INTO store SELECT i, i, i, TIMESTAMP '2023-02-15 09:00:00' FROM range(1, 4) t(i);
INSERT INTO staff SELECT i, 'Staff' || i, 'Clerk' || i, 10 + i, 'staff' || i || '@shop.test', i, true, 'staff' || i, 'x', NULL, TIMESTAMP '2023-02-15 09:00:00' FROM range(1, 4) t(i);
INSERT INTO customer SELECT i, 1 + floor(3 * pow(u(i, 'store'), 1.5))::INT, 'First' || i, 'Last' || i, CASE WHEN u(i, 'mail') < 0.93 THEN 'customer' || i || '@mail.test' END,
  20 + i, u(i, 'active') < 0.975, DATE '2024-01-01' + floor(500 * pow(u(i, 'created'), 1.6))::INT, TIMESTAMP '2025-06-01 05:00:00', (u(i, 'active') < 0.975)::INT FROM range(1, 1201) t(i);
INSERT INTO inventory SELECT i, 1 + floor(1000 * pow(u(i, 'film'), 1.3))::INT, 1 + floor(3 * u(i, 'store'))::INT, TIMESTAMP '2023-02-15 09:00:00' FROM range(1, 4501) t(i);
-- rentals: a few customers rent very often; evenings and weekends; after the customer joined; 4 % are still out
INSERT INTO rental SELECT row_number() OVER (ORDER BY moment), moment, item, customer_id, CASE WHEN u(i, 'out') < 0.96 THEN moment + to_seconds(3600 * 20 + floor(86400 * 9 * pow(u(i, 'back'), 1.7))::INT) END,
  1 + floor(3 * u(i, 'staff'))::INT, moment FROM (
    SELECT i, customer_id, 1 + floor(4500 * u(i, 'item'))::INT AS item,
      create_date::TIMESTAMP + to_days(floor((DATE '2025-06-01' - create_date) * u(i, 'day'))::INT) + to_hours([10, 12, 15, 18, 19, 20, 21, 22][1 + floor(8 * sqrt(u(i, 'hour')))::INT]) + to_seconds(floor(3600 * u(i, 'second'))::INT) AS moment
    FROM (SELECT customer_id, create_date, unnest(range(floor(3 + 4 / pow(0.02 + u(customer_id, 'many'), 0.8))::INT)) * 10000 + customer_id AS i FROM customer));
INSERT INTO payment SELECT row_number() OVER (ORDER BY rental_date), customer_id, staff_id, rental_id, [0.99, 2.99, 4.99, 6.99, 8.99][1 + floor(5 * pow(u(rental_id, 'amount'), 1.5))::INT],
  rental_date + to_seconds(floor(86400 * 3 * pow(u(rental_id, 'paid'), 3))::INT) FROM rental WHERE u(rental_id, 'pays') < 0.97;
-- canaries: values that one row alone has, and that must never be seen outside
INSERT INTO customer VALUES (5001, 1, 'CANARYFIRST', 'CANARYLAST', 'canary.person@secret.test', 1499, true, DATE '1987-06-05', TIMESTAMP '2031-03-07 04:05:06', 977);
INSERT INTO film VALUES (5001, 'CANARYTITLE', 'CANARYTEXT', 2154, 1, NULL, 14, 97.31, 31337, 98.76, 'NC-17', NULL, NULL, TIMESTAMP '2031-03-07 04:05:06');
UPDATE address SET phone = '090-CANARY', district = 'CANARYDISTRICT', postal_code = 'CANARYZIP' WHERE address_id = 1499;
UPDATE payment SET amount = 993.37 WHERE payment_id = 77;
