-- The zone in which a course's days begin and end and its times are read; null where the installation's holds.
ALTER TABLE course ADD COLUMN time_zone $text$;
-- What the settings said at the last start: one row, so that every node counts the same days.
CREATE TABLE installation (
    id         INTEGER PRIMARY KEY,
    time_zone  $text$ NOT NULL
);
