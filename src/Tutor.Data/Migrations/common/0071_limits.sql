-- Hints an instructor gave one student on one day, beyond the course's own number.
CREATE TABLE student_allowance (
    course_id   $text$ NOT NULL,
    student_id  $text$ NOT NULL,
    day         $text$ NOT NULL,
    extra       INTEGER NOT NULL,
    given_by    $text$ NOT NULL,
    given_at    BIGINT NOT NULL,
    PRIMARY KEY (course_id, student_id, day)
);

-- What models may read and write for a course in a day; without a row as much as is asked.
CREATE TABLE course_budget (
    course_id       $text$ PRIMARY KEY REFERENCES course(id),
    tokens_per_day  BIGINT NOT NULL,
    set_by          $text$ NOT NULL,
    set_at          BIGINT NOT NULL
);
