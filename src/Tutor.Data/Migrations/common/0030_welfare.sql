-- Distress is no misuse: it has a table of its own that no query of teaching staff reads, and its interactions are marked so that
-- theirs leave them out.
ALTER TABLE interaction ADD COLUMN welfare BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE welfare_notice (
    id              $text$ PRIMARY KEY,
    interaction_id  $text$ NOT NULL UNIQUE,
    course_id       $text$ NOT NULL,
    student_id      $text$ NOT NULL,
    rule_id         $text$ NOT NULL,
    rule_version    INTEGER NOT NULL,
    field           $text$ NOT NULL,
    quote           $text$ NOT NULL,
    created_at      BIGINT NOT NULL,
    taken_up_by     $text$,
    taken_up_at     BIGINT,
    note            $text$
);
CREATE INDEX ix_welfare_notice_course ON welfare_notice(course_id, created_at, id);

INSERT INTO welfare_notice (id, interaction_id, course_id, student_id, rule_id, rule_version, field, quote, created_at)
SELECT MIN(f.id), f.interaction_id, f.course_id, i.student_id, MIN(f.rule_id), MIN(f.rule_version), MIN(f.field), MIN(f.quote), MIN(f.created_at)
FROM flag f JOIN interaction i ON i.id = f.interaction_id
WHERE f.category = 'welfare' GROUP BY f.interaction_id, f.course_id, i.student_id;

UPDATE interaction SET welfare = TRUE, flagged = FALSE WHERE id IN (SELECT interaction_id FROM welfare_notice);
DELETE FROM flag WHERE category = 'welfare';
