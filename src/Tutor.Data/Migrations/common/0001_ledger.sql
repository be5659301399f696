CREATE TABLE person (
    id            $text$ PRIMARY KEY,
    name          $text$ NOT NULL,
    email         $text$,
    demo          BOOLEAN NOT NULL DEFAULT FALSE,
    created_at    BIGINT NOT NULL
);

CREATE TABLE course (
    id                    $text$ PRIMARY KEY,
    name                  $text$ NOT NULL,
    term                  $text$ NOT NULL,
    published_version_id  $text$,
    pack_hash             $text$,
    created_at            BIGINT NOT NULL
);

CREATE TABLE membership (
    course_id   $text$ NOT NULL REFERENCES course(id),
    person_id   $text$ NOT NULL REFERENCES person(id),
    role        $text$ NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (course_id, person_id)
);
CREATE INDEX ix_membership_person ON membership(person_id);

CREATE TABLE course_version (
    id          $text$ PRIMARY KEY,
    course_id   $text$ NOT NULL REFERENCES course(id),
    number      INTEGER NOT NULL,
    hash        $text$ NOT NULL,
    source      $text$ NOT NULL,
    note        $text$ NOT NULL,
    author_id   $text$,
    pack        $text$ NOT NULL,
    created_at  BIGINT NOT NULL,
    UNIQUE (course_id, number)
);

CREATE TABLE publication (
    id            $text$ PRIMARY KEY,
    course_id     $text$ NOT NULL REFERENCES course(id),
    version_id    $text$ NOT NULL REFERENCES course_version(id),
    person_id     $text$,
    published_at  BIGINT NOT NULL
);
CREATE INDEX ix_publication_course ON publication(course_id, published_at);

CREATE TABLE passage (
    id                 $text$ PRIMARY KEY,
    course_version_id  $text$ NOT NULL REFERENCES course_version(id),
    source             $text$ NOT NULL,
    heading            $text$ NOT NULL,
    text               $text$ NOT NULL,
    audience           $text$ NOT NULL,
    criterion_id       $text$
);
CREATE INDEX ix_passage_version ON passage(course_version_id, audience);

CREATE TABLE submission (
    id           $text$ PRIMARY KEY,
    course_id    $text$ NOT NULL,
    exercise_id  $text$ NOT NULL,
    student_id   $text$ NOT NULL,
    file_name    $text$,
    body         $text$ NOT NULL,
    sha256       $text$ NOT NULL,
    created_at   BIGINT NOT NULL
);
CREATE INDEX ix_submission_student ON submission(student_id, exercise_id, created_at);

CREATE TABLE interaction (
    seq                $serial$,
    id                 $text$ NOT NULL UNIQUE,
    client_key         $text$ NOT NULL,
    submission_id      $text$ NOT NULL REFERENCES submission(id),
    course_id          $text$ NOT NULL,
    course_version_id  $text$ NOT NULL,
    exercise_id        $text$ NOT NULL,
    student_id         $text$ NOT NULL,
    kind               $text$ NOT NULL,
    question           $text$ NOT NULL,
    requested_level    INTEGER NOT NULL,
    state              $text$ NOT NULL,
    attempt            INTEGER NOT NULL,
    priority           INTEGER NOT NULL DEFAULT 0,
    owner              $text$,
    lease_until        BIGINT NOT NULL,
    asked_at           BIGINT NOT NULL,
    started_at         BIGINT,
    finished_at        BIGINT,
    level              INTEGER,
    answer             $text$,
    answer_revision    INTEGER NOT NULL DEFAULT 0,
    writer             $text$,
    writer_reason      $text$,
    misconception_id   $text$,
    evidence           $text$,
    basis              $text$,
    first_failing_test $text$,
    guard_action       $text$,
    error              $text$,
    model              $text$,
    host               $text$,
    adapter            $text$,
    seed               BIGINT,
    input_tokens       INTEGER NOT NULL DEFAULT 0,
    cached_tokens      INTEGER NOT NULL DEFAULT 0,
    output_tokens      INTEGER NOT NULL DEFAULT 0,
    cost_micro         BIGINT NOT NULL DEFAULT 0,
    trace_id           $text$,
    rating             INTEGER,
    rating_reason      $text$,
    rated_at           BIGINT,
    reviewed_by        $text$,
    reviewed_at        BIGINT,
    review_note        $text$,
    flagged            BOOLEAN NOT NULL DEFAULT FALSE,
    escalated          BOOLEAN NOT NULL DEFAULT FALSE,
    UNIQUE (student_id, client_key)
);
CREATE INDEX ix_interaction_course ON interaction(course_id, asked_at, id);
CREATE INDEX ix_interaction_exercise ON interaction(course_id, exercise_id, asked_at, id);
CREATE INDEX ix_interaction_student ON interaction(student_id, course_id, asked_at, id);
CREATE INDEX ix_interaction_open ON interaction(asked_at, id) WHERE state IN ('queued', 'running');
CREATE INDEX ix_interaction_flagged ON interaction(course_id, asked_at, id) WHERE flagged;
-- Everything the figures of a course home read, so that they never touch the wide rows: a fifth of the time at a million rows.
CREATE INDEX ix_interaction_figures ON interaction(course_id, asked_at, state, exercise_id, student_id, level, writer,
    first_failing_test, rating, reviewed_at, input_tokens, output_tokens, cost_micro);

CREATE TABLE interaction_draft (
    interaction_id  $text$ PRIMARY KEY,
    attempt         INTEGER NOT NULL,
    revision        INTEGER NOT NULL,
    text            $text$ NOT NULL,
    tokens          INTEGER NOT NULL,
    updated_at      BIGINT NOT NULL
);

CREATE TABLE interaction_step (
    interaction_id  $text$ NOT NULL,
    attempt         INTEGER NOT NULL,
    position        INTEGER NOT NULL,
    step            $text$ NOT NULL,
    state           $text$ NOT NULL,
    started_at      BIGINT NOT NULL,
    ended_at        BIGINT NOT NULL,
    input_tokens    INTEGER NOT NULL,
    cached_tokens   INTEGER NOT NULL,
    output_tokens   INTEGER NOT NULL,
    cost_micro      BIGINT NOT NULL,
    detail          $text$ NOT NULL,
    PRIMARY KEY (interaction_id, attempt, position)
);

CREATE TABLE interaction_prompt (
    interaction_id  $text$ PRIMARY KEY,
    messages        $text$ NOT NULL
);

CREATE TABLE verdict (
    id              $text$ PRIMARY KEY,
    interaction_id  $text$ NOT NULL,
    layer           $text$ NOT NULL,
    span            $text$ NOT NULL,
    reason          $text$ NOT NULL
);
CREATE INDEX ix_verdict_interaction ON verdict(interaction_id);

CREATE TABLE quota (
    course_id   $text$ NOT NULL,
    student_id  $text$ NOT NULL,
    day         $text$ NOT NULL,
    used        INTEGER NOT NULL,
    PRIMARY KEY (course_id, student_id, day)
);

CREATE TABLE flag (
    id              $text$ PRIMARY KEY,
    interaction_id  $text$ NOT NULL,
    course_id       $text$ NOT NULL,
    category        $text$ NOT NULL,
    rule_id         $text$ NOT NULL,
    rule_version    INTEGER NOT NULL,
    severity        INTEGER NOT NULL,
    field           $text$ NOT NULL,
    start           INTEGER NOT NULL,
    quote           $text$ NOT NULL,
    explanation     $text$ NOT NULL,
    state           $text$ NOT NULL DEFAULT 'open',
    reviewed_by     $text$,
    reviewed_at     BIGINT,
    review_reason   $text$,
    created_at      BIGINT NOT NULL
);
CREATE INDEX ix_flag_course ON flag(course_id, state, created_at, id);
CREATE INDEX ix_flag_interaction ON flag(interaction_id);

CREATE TABLE escalation (
    id              $text$ PRIMARY KEY,
    interaction_id  $text$ NOT NULL UNIQUE,
    course_id       $text$ NOT NULL,
    exercise_id     $text$ NOT NULL,
    student_id      $text$ NOT NULL,
    message         $text$ NOT NULL,
    state           $text$ NOT NULL,
    claimed_by      $text$,
    claimed_at      BIGINT,
    created_at      BIGINT NOT NULL,
    resolved_at     BIGINT
);
CREATE INDEX ix_escalation_course ON escalation(course_id, state, created_at, id);
CREATE INDEX ix_escalation_student ON escalation(student_id, created_at);

CREATE TABLE escalation_reply (
    id             $text$ PRIMARY KEY,
    escalation_id  $text$ NOT NULL REFERENCES escalation(id),
    author_id      $text$ NOT NULL,
    body           $text$ NOT NULL,
    created_at     BIGINT NOT NULL
);
CREATE INDEX ix_escalation_reply ON escalation_reply(escalation_id, created_at);

CREATE TABLE draft (
    student_id   $text$ NOT NULL,
    course_id    $text$ NOT NULL,
    exercise_id  $text$ NOT NULL,
    body         $text$ NOT NULL,
    question     $text$ NOT NULL,
    updated_at   BIGINT NOT NULL,
    PRIMARY KEY (student_id, course_id, exercise_id)
);

CREATE TABLE test_run (
    student_id   $text$ NOT NULL,
    course_id    $text$ NOT NULL,
    exercise_id  $text$ NOT NULL,
    passed       INTEGER NOT NULL,
    total        INTEGER NOT NULL,
    solved_at    BIGINT,
    run_at       BIGINT NOT NULL,
    PRIMARY KEY (student_id, course_id, exercise_id)
);

CREATE TABLE api_token (
    id            $text$ PRIMARY KEY,
    person_id     $text$ NOT NULL REFERENCES person(id),
    name          $text$ NOT NULL,
    hash          $text$ NOT NULL UNIQUE,
    created_at    BIGINT NOT NULL,
    last_used_at  BIGINT,
    revoked_at    BIGINT
);
CREATE INDEX ix_api_token_person ON api_token(person_id);

CREATE TABLE dp_key (
    id   $text$ PRIMARY KEY,
    xml  $text$ NOT NULL
);
