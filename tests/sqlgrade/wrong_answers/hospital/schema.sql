CREATE TABLE patients (
  id INTEGER PRIMARY KEY,
  name VARCHAR NOT NULL,
  born_on DATE NOT NULL,
  sex VARCHAR NOT NULL CHECK (sex IN ('f', 'm')),
  insurer VARCHAR
);
CREATE TABLE wards (
  id INTEGER PRIMARY KEY,
  name VARCHAR NOT NULL,
  beds INTEGER NOT NULL CHECK (beds > 0)
);
CREATE TABLE stays (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients (id),
  ward_id INTEGER NOT NULL REFERENCES wards (id),
  admitted_at TIMESTAMP NOT NULL,
  discharged_at TIMESTAMP,
  CHECK (discharged_at >= admitted_at)
);
CREATE TABLE measurements (
  id INTEGER PRIMARY KEY,
  stay_id INTEGER NOT NULL REFERENCES stays (id),
  kind VARCHAR NOT NULL CHECK (kind IN ('pulse', 'temperature', 'pressure')),
  value DOUBLE,
  taken_at TIMESTAMP NOT NULL
);
