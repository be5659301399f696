-- What a flag rests on, what a model said about it, and what its student answers.
ALTER TABLE flag ADD COLUMN threshold $text$ NOT NULL DEFAULT '';
ALTER TABLE flag ADD COLUMN input_sha256 $text$ NOT NULL DEFAULT '';
ALTER TABLE flag ADD COLUMN model $text$;
ALTER TABLE flag ADD COLUMN model_category $text$;
ALTER TABLE flag ADD COLUMN model_confidence INTEGER;
ALTER TABLE flag ADD COLUMN model_quote $text$;
ALTER TABLE flag ADD COLUMN answer $text$;
ALTER TABLE flag ADD COLUMN answered_at BIGINT;
CREATE INDEX ix_flag_rule ON flag(course_id, rule_id, rule_version, state);

-- Only what asks for a person's look marks an interaction; a nudge is between Tutor and the student.
UPDATE interaction SET flagged = FALSE
WHERE flagged AND NOT EXISTS (SELECT 1 FROM flag f WHERE f.interaction_id = interaction.id AND f.state <> 'dismissed' AND f.severity >= 2);

ALTER TABLE course ADD COLUMN term_ends BIGINT;

-- Requests without a flag, drawn by chance and offered for review, so that misses can be estimated.
CREATE TABLE flag_sample (
    interaction_id  $text$ PRIMARY KEY,
    course_id       $text$ NOT NULL,
    drawn_at        BIGINT NOT NULL,
    missed          $text$,
    reason          $text$,
    reviewed_by     $text$,
    reviewed_at     BIGINT
);
CREATE INDEX ix_flag_sample_course ON flag_sample(course_id, reviewed_at, drawn_at);

-- How work came about, for its student and the staff alike: sizes of what was pasted before a request. No key is timed.
CREATE TABLE paste (
    interaction_id  $text$ NOT NULL,
    position        INTEGER NOT NULL,
    characters      INTEGER NOT NULL,
    inside          BOOLEAN NOT NULL,
    PRIMARY KEY (interaction_id, position)
);
