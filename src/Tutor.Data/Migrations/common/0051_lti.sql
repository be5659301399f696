-- A launch from a learning platform between its two requests; taken away by the second, so that it works once.
CREATE TABLE lti_launch (
    state_hash  $text$ PRIMARY KEY,
    nonce       $text$ NOT NULL,
    platform    $text$ NOT NULL,
    target      $text$ NOT NULL,
    expires_at  BIGINT NOT NULL
);

-- Where a platform's course keeps its list of names and roles, as its last launch said.
CREATE TABLE lti_context (
    course_id        $text$ NOT NULL REFERENCES course(id),
    platform         $text$ NOT NULL,
    context_id       $text$ NOT NULL,
    memberships_url  $text$ NOT NULL,
    seen_at          BIGINT NOT NULL,
    PRIMARY KEY (course_id, platform, context_id)
);

-- Keys by which platforms know this portal; the private part is encrypted with the portal's key ring.
CREATE TABLE lti_key (
    id          $text$ PRIMARY KEY,
    secret      $text$ NOT NULL,
    created_at  BIGINT NOT NULL
);
