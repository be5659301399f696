-- What staff try themselves is no student's request: as the asker's role was when they asked. Of earlier requests only the role now is known.
ALTER TABLE interaction ADD COLUMN by_staff BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE interaction SET by_staff = TRUE WHERE EXISTS (
    SELECT 1 FROM membership m WHERE m.course_id = interaction.course_id AND m.person_id = interaction.student_id AND m.role <> 'student');
DROP INDEX ix_interaction_figures;
CREATE INDEX ix_interaction_figures ON interaction(course_id, asked_at, welfare, by_staff, state, exercise_id, student_id, level, requested_level, writer,
    first_failing_test, rating, reviewed_at, input_tokens, output_tokens, cost_micro);
-- The list leaves messages of distress out; with the mark in its own index too it is never read from that of the figures, which is in another order.
DROP INDEX ix_interaction_course;
CREATE INDEX ix_interaction_course ON interaction(course_id, asked_at, id, welfare);
