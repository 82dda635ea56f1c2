CREATE TABLE teachers (
  id INTEGER PRIMARY KEY,
  name VARCHAR NOT NULL,
  department VARCHAR
);
CREATE TABLE courses (
  id INTEGER PRIMARY KEY,
  title VARCHAR NOT NULL,
  teacher_id INTEGER REFERENCES teachers (id),
  credits INTEGER NOT NULL,
  level VARCHAR NOT NULL CHECK (level IN ('basic', 'advanced'))
);
CREATE TABLE students (
  id INTEGER PRIMARY KEY,
  name VARCHAR NOT NULL,
  year INTEGER NOT NULL,
  email VARCHAR,
  advisor_id INTEGER REFERENCES teachers (id)
);
CREATE TABLE enrolments (
  student_id INTEGER NOT NULL REFERENCES students (id),
  course_id INTEGER NOT NULL REFERENCES courses (id),
  term VARCHAR NOT NULL,
  grade INTEGER CHECK (grade BETWEEN 0 AND 100),
  PRIMARY KEY (student_id, course_id, term)
);
