-- A film-rental shop in the shape of the Pagila sample database (its facts: tables, columns, keys; typed anew).
-- store and staff refer to each other: a cycle.
CREATE TYPE mpaa_rating AS ENUM ('G', 'PG', 'PG-13', 'R', 'NC-17');
CREATE DOMAIN year AS integer CONSTRAINT year_check CHECK (VALUE >= 1901 AND VALUE <= 2155);

CREATE TABLE country (
  country_id serial PRIMARY KEY,
  country text NOT NULL,
  last_update timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE city (
  city_id serial PRIMARY KEY,
  city text NOT NULL,
  country_id integer NOT NULL REFERENCES country (country_id),
  last_update timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE address (
  address_id serial PRIMARY KEY,
  address text NOT NULL,
  address2 text,
  district text NOT NULL,
  city_id integer NOT NULL REFERENCES city (city_id),
  postal_code text,
  phone text NOT NULL,
  last_update timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE language (
  language_id serial PRIMARY KEY,
  name character(20) NOT NULL,
  last_update timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE category (
  category_id serial PRIMARY KEY,
  name text NOT NULL UNIQUE,
  last_update timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE actor (
  actor_id serial PRIMARY KEY,
  first_name text NOT NULL,
  last_name text NOT NULL,
  last_update timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE film (
  film_id serial PRIMARY KEY,
  title text NOT NULL,
  description text,
  release_year year,
  language_id integer NOT NULL REFERENCES language (language_id),
  original_language_id integer REFERENCES language (language_id),
  rental_duration smallint DEFAULT 3 NOT NULL CHECK (rental_duration BETWEEN 1 AND 14),
  rental_rate numeric(4,2) DEFAULT 4.99 NOT NULL CHECK (rental_rate > 0),
  length smallint,
  replacement_cost numeric(5,2) DEFAULT 19.99 NOT NULL,
  rating mpaa_rating DEFAULT 'G'::mpaa_rating,
  special_features text[],
  fulltext tsvector,
  last_update timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT film_cost_above_rate CHECK (replacement_cost > rental_rate)
);
CREATE TABLE film_actor (
  actor_id integer NOT NULL REFERENCES actor (actor_id),
  film_id integer NOT NULL REFERENCES film (film_id),
  last_update timestamp with time zone DEFAULT now() NOT NULL,
  PRIMARY KEY (actor_id, film_id)
);
CREATE TABLE film_category (
  film_id integer NOT NULL REFERENCES film (film_id),
  category_id integer NOT NULL REFERENCES category (category_id),
  last_update timestamp with time zone DEFAULT now() NOT NULL,
  PRIMARY KEY (film_id, category_id)
);
CREATE TABLE store (
  store_id serial PRIMARY KEY,
  manager_staff_id integer NOT NULL,
  address_id integer NOT NULL REFERENCES address (address_id),
  last_update timestamp with time zone DEFAULT now() NOT NULL
);
CREATE UNIQUE INDEX idx_unq_manager_staff_id ON store USING btree (manager_staff_id);
CREATE TABLE staff (
  staff_id serial PRIMARY KEY,
  first_name text NOT NULL,
  last_name text NOT NULL,
  address_id integer NOT NULL REFERENCES address (address_id),
  email text,
  store_id integer NOT NULL,
  active boolean DEFAULT true NOT NULL,
  username text NOT NULL,
  password text,
  picture bytea,
  last_update timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY store ADD CONSTRAINT store_manager_fkey FOREIGN KEY (manager_staff_id) REFERENCES staff (staff_id);
ALTER TABLE ONLY staff ADD CONSTRAINT staff_store_fkey FOREIGN KEY (store_id) REFERENCES store (store_id);
CREATE TABLE customer (
  customer_id serial PRIMARY KEY,
  store_id integer NOT NULL REFERENCES store (store_id),
  first_name text NOT NULL,
  last_name text NOT NULL,
  email text,
  address_id integer NOT NULL REFERENCES address (address_id),
  activebool boolean DEFAULT true NOT NULL,
  create_date date DEFAULT CURRENT_DATE NOT NULL,
  last_update timestamp with time zone DEFAULT now(),
  active integer
);
CREATE TABLE inventory (
  inventory_id serial PRIMARY KEY,
  film_id integer NOT NULL REFERENCES film (film_id),
  store_id integer NOT NULL REFERENCES store (store_id),
  last_update timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE rental (
  rental_id serial PRIMARY KEY,
  rental_date timestamp with time zone NOT NULL,
  inventory_id integer NOT NULL REFERENCES inventory (inventory_id),
  customer_id integer NOT NULL REFERENCES customer (customer_id),
  return_date timestamp with time zone,
  staff_id integer NOT NULL REFERENCES staff (staff_id),
  last_update timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT rental_order CHECK (return_date >= rental_date)
);
CREATE TABLE payment (
  payment_id serial PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES customer (customer_id),
  staff_id integer NOT NULL REFERENCES staff (staff_id),
  rental_id integer NOT NULL REFERENCES rental (rental_id),
  amount numeric(5,2) NOT NULL,
  payment_date timestamp with time zone NOT NULL
);
COMMENT ON TABLE rental IS 'One row per rented copy';
COMMENT ON COLUMN rental.return_date IS 'NULL while the copy is out';
