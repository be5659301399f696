-- One row for each sign-in. The browser's cookie holds a secret, which is known here by its hash alone.
CREATE TABLE session (
    id          $text$ PRIMARY KEY,
    person_id   $text$ NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    hash        $text$ NOT NULL UNIQUE,
    -- How they came in: entra, lti or development.
    way         $text$ NOT NULL,
    browser     $text$ NOT NULL,
    -- Their roles in courses when last looked at, so that losing one shows.
    places      $text$ NOT NULL,
    created_at  BIGINT NOT NULL,
    seen_at     BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL,
    ended_at    BIGINT,
    ended_why   $text$
);
CREATE INDEX ix_session_person ON session(person_id, ends_at);

-- What the directory gave to ask it again whether it still vouches for somebody; sealed.
CREATE TABLE directory_grant (
    person_id   $text$ PRIMARY KEY REFERENCES person(id) ON DELETE CASCADE,
    subject     $text$ NOT NULL,
    secret      $text$ NOT NULL,
    checked_at  BIGINT NOT NULL,
    refused_at  BIGINT
);

ALTER TABLE person ADD COLUMN suspended_at BIGINT;
ALTER TABLE person ADD COLUMN suspended_why $text$;
-- Null of tokens from before, and of those that a node of the old version gives: they end 180 days after they were made.
ALTER TABLE api_token ADD COLUMN expires_at BIGINT;
