-- Model hosts that an operator took out of the pool, for all nodes.
CREATE TABLE model_host_out (
    host       $text$ PRIMARY KEY,
    person_id  $text$ NOT NULL,
    since      BIGINT NOT NULL
);
