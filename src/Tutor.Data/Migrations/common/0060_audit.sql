-- Who opened, revealed, changed or exported what, and when. Each row carries the hash of the one before it, so that a row that was
-- changed or taken out later shows. No text of a student is ever in it.
CREATE TABLE audit (
    seq        BIGINT PRIMARY KEY,
    at         BIGINT NOT NULL,
    actor_id   $text$ NOT NULL,
    course_id  $text$,
    action     $text$ NOT NULL,
    object     $text$ NOT NULL,
    object_id  $text$ NOT NULL,
    detail     $text$ NOT NULL,
    previous   $text$ NOT NULL,
    hash       $text$ NOT NULL
);
CREATE INDEX ix_audit_course ON audit(course_id, seq);
CREATE INDEX ix_audit_actor ON audit(actor_id, action, object_id, at);

-- Names of students that a member of staff asked to see, for how long. Why they asked is in the audit log.
CREATE TABLE name_reveal (
    course_id   $text$ NOT NULL,
    student_id  $text$ NOT NULL,
    viewer_id   $text$ NOT NULL,
    until       BIGINT NOT NULL,
    PRIMARY KEY (course_id, viewer_id, student_id)
);

-- Pseudonyms of this installation are made with it; one row.
CREATE TABLE alias_key (
    id         INTEGER PRIMARY KEY,
    key_value  $text$ NOT NULL
);
