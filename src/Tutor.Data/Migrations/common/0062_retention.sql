-- After how many days a course's requests are deleted; NULL where the installation's own limit holds.
ALTER TABLE course ADD COLUMN keep_days INTEGER;
CREATE INDEX ix_submission_age ON submission(course_id, created_at);
