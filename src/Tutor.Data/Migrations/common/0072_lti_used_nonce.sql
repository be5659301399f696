-- What a launch carries between its two requests travels sealed in its state; here only what was used, so that it works once.
DROP TABLE lti_launch;
CREATE TABLE lti_used_nonce (
    nonce       $text$ PRIMARY KEY,
    expires_at  BIGINT NOT NULL
);
