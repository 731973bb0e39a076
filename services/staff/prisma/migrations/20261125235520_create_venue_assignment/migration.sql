-- Where somebody of a venue works, from a day to a day, both included.
CREATE TABLE venue_assignment (
  worker_id uuid NOT NULL REFERENCES worker (id),
  venue_code text NOT NULL CHECK (venue_code ~ '^[0-9]{10}$'),
  from_day date NOT NULL,
  to_day date,
  PRIMARY KEY (worker_id, venue_code),
  CHECK (to_day IS NULL OR to_day >= from_day)
);
