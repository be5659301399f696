-- Who signs in as whom: what a sign-in proves belongs to one person, who keeps their id whatever proves it later.
CREATE TABLE person_identity (
    subject     $text$ PRIMARY KEY,
    provider    $text$ NOT NULL,
    person_id   $text$ NOT NULL REFERENCES person(id),
    created_at  BIGINT NOT NULL
);
CREATE INDEX ix_person_identity ON person_identity(person_id, provider);
INSERT INTO person_identity (subject, provider, person_id, created_at)
SELECT id, 'entra', id, created_at FROM person WHERE id LIKE 'entra-%';

-- The name people type to sign in to the university, lower case: how a list finds somebody who has not been here yet.
ALTER TABLE person ADD COLUMN login $text$;
CREATE UNIQUE INDEX ux_person_login ON person(login);

ALTER TABLE membership ADD COLUMN section $text$ NOT NULL DEFAULT '';
-- What gave it: manual, list, entra or lti. A sign-in takes away only what sign-ins gave.
ALTER TABLE membership ADD COLUMN source $text$ NOT NULL DEFAULT 'manual';
