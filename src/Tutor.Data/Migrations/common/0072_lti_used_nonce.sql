-- What a launch carries between its two requests travels sealed in its state; here only what was used, so that it works once.
-- lti_launch stays until no node is left that writes to it: old nodes go on beside new ones during an upgrade.
CREATE TABLE lti_used_nonce (
    nonce       $text$ PRIMARY KEY,
    expires_at  BIGINT NOT NULL
);
