-- The figures of a course leave messages of distress out, and still never touch the wide rows.
DROP INDEX ix_interaction_figures;
CREATE INDEX ix_interaction_figures ON interaction(course_id, asked_at, welfare, state, exercise_id, student_id, level, writer,
    first_failing_test, rating, reviewed_at, input_tokens, output_tokens, cost_micro);
