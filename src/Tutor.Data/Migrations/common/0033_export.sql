-- Who took data out of a course, how much, and the hash of what it was; never the data itself.
CREATE TABLE export_log (
    id          $text$ PRIMARY KEY,
    course_id   $text$ NOT NULL,
    person_id   $text$ NOT NULL,
    file        $text$ NOT NULL,
    rows        INTEGER NOT NULL,
    sha256      $text$ NOT NULL,
    created_at  BIGINT NOT NULL
);
CREATE INDEX ix_export_log_course ON export_log(course_id, created_at);
