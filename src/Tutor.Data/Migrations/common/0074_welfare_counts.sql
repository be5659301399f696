-- Of one student's messages within an hour a few are kept; further ones are counted on the newest that nobody has taken up.
ALTER TABLE welfare_notice ADD COLUMN more INTEGER NOT NULL DEFAULT 0;
ALTER TABLE welfare_notice ADD COLUMN last_at BIGINT NOT NULL DEFAULT 0;
UPDATE welfare_notice SET last_at = created_at;
DROP INDEX ix_welfare_notice_course;
CREATE INDEX ix_welfare_notice_student ON welfare_notice(course_id, student_id, created_at, id);
CREATE INDEX ix_welfare_notice_open ON welfare_notice(course_id, student_id) WHERE taken_up_at IS NULL;
