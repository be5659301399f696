-- Which window wrote a draft last, and how often it was written: a window that knows an older one does not overwrite it.
ALTER TABLE draft ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE draft ADD COLUMN window_id $text$ NOT NULL DEFAULT '';
ALTER TABLE draft ADD COLUMN follow_up $text$ NOT NULL DEFAULT '';

-- Texts that another one took the place of, so that the student can have them back.
CREATE TABLE draft_kept (
    id           $text$ NOT NULL,
    student_id   $text$ NOT NULL,
    course_id    $text$ NOT NULL,
    exercise_id  $text$ NOT NULL,
    body         $text$ NOT NULL,
    question     $text$ NOT NULL,
    kept_at      BIGINT NOT NULL,
    PRIMARY KEY (student_id, course_id, exercise_id, id)
);
CREATE INDEX ix_draft_kept_course ON draft_kept(course_id, kept_at);
