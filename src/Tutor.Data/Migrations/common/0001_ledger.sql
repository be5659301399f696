CREATE TABLE person (
    id            TEXT PRIMARY KEY,
    name          TEXT NOT NULL,
    email         TEXT,
    demo          BOOLEAN NOT NULL DEFAULT FALSE,
    created_at    BIGINT NOT NULL
);

CREATE TABLE course (
    id                    TEXT PRIMARY KEY,
    name                  TEXT NOT NULL,
    term                  TEXT NOT NULL,
    published_version_id  TEXT,
    pack_hash             TEXT,
    created_at            BIGINT NOT NULL
);

CREATE TABLE membership (
    course_id   TEXT NOT NULL REFERENCES course(id),
    person_id   TEXT NOT NULL REFERENCES person(id),
    role        TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (course_id, person_id)
);
CREATE INDEX ix_membership_person ON membership(person_id);

CREATE TABLE course_version (
    id          TEXT PRIMARY KEY,
    course_id   TEXT NOT NULL REFERENCES course(id),
    number      INTEGER NOT NULL,
    hash        TEXT NOT NULL,
    source      TEXT NOT NULL,
    note        TEXT NOT NULL,
    author_id   TEXT,
    pack        TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    UNIQUE (course_id, number)
);

CREATE TABLE publication (
    id            TEXT PRIMARY KEY,
    course_id     TEXT NOT NULL REFERENCES course(id),
    version_id    TEXT NOT NULL REFERENCES course_version(id),
    person_id     TEXT,
    published_at  BIGINT NOT NULL
);
CREATE INDEX ix_publication_course ON publication(course_id, published_at);

CREATE TABLE passage (
    id                 TEXT PRIMARY KEY,
    course_version_id  TEXT NOT NULL REFERENCES course_version(id),
    source             TEXT NOT NULL,
    heading            TEXT NOT NULL,
    text               TEXT NOT NULL,
    audience           TEXT NOT NULL,
    criterion_id       TEXT
);
CREATE INDEX ix_passage_version ON passage(course_version_id, audience);

CREATE TABLE submission (
    id           TEXT PRIMARY KEY,
    course_id    TEXT NOT NULL,
    exercise_id  TEXT NOT NULL,
    student_id   TEXT NOT NULL,
    file_name    TEXT,
    body         TEXT NOT NULL,
    sha256       TEXT NOT NULL,
    created_at   BIGINT NOT NULL
);
CREATE INDEX ix_submission_student ON submission(student_id, exercise_id, created_at);

CREATE TABLE interaction (
    seq                $serial$,
    id                 TEXT NOT NULL UNIQUE,
    client_key         TEXT NOT NULL,
    submission_id      TEXT NOT NULL REFERENCES submission(id),
    course_id          TEXT NOT NULL,
    course_version_id  TEXT NOT NULL,
    exercise_id        TEXT NOT NULL,
    student_id         TEXT NOT NULL,
    kind               TEXT NOT NULL,
    question           TEXT NOT NULL,
    requested_level    INTEGER NOT NULL,
    state              TEXT NOT NULL,
    attempt            INTEGER NOT NULL,
    priority           INTEGER NOT NULL DEFAULT 0,
    owner              TEXT,
    lease_until        BIGINT NOT NULL,
    asked_at           BIGINT NOT NULL,
    started_at         BIGINT,
    finished_at        BIGINT,
    level              INTEGER,
    answer             TEXT,
    answer_revision    INTEGER NOT NULL DEFAULT 0,
    writer             TEXT,
    writer_reason      TEXT,
    misconception_id   TEXT,
    evidence           TEXT,
    basis              TEXT,
    first_failing_test TEXT,
    guard_action       TEXT,
    error              TEXT,
    model              TEXT,
    host               TEXT,
    adapter            TEXT,
    seed               BIGINT,
    input_tokens       INTEGER NOT NULL DEFAULT 0,
    cached_tokens      INTEGER NOT NULL DEFAULT 0,
    output_tokens      INTEGER NOT NULL DEFAULT 0,
    cost_micro         BIGINT NOT NULL DEFAULT 0,
    trace_id           TEXT,
    rating             INTEGER,
    rating_reason      TEXT,
    rated_at           BIGINT,
    reviewed_by        TEXT,
    reviewed_at        BIGINT,
    review_note        TEXT,
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
    interaction_id  TEXT PRIMARY KEY,
    attempt         INTEGER NOT NULL,
    revision        INTEGER NOT NULL,
    text            TEXT NOT NULL,
    tokens          INTEGER NOT NULL,
    updated_at      BIGINT NOT NULL
);

CREATE TABLE interaction_step (
    interaction_id  TEXT NOT NULL,
    attempt         INTEGER NOT NULL,
    position        INTEGER NOT NULL,
    step            TEXT NOT NULL,
    state           TEXT NOT NULL,
    started_at      BIGINT NOT NULL,
    ended_at        BIGINT NOT NULL,
    input_tokens    INTEGER NOT NULL,
    cached_tokens   INTEGER NOT NULL,
    output_tokens   INTEGER NOT NULL,
    cost_micro      BIGINT NOT NULL,
    detail          TEXT NOT NULL,
    PRIMARY KEY (interaction_id, attempt, position)
);

CREATE TABLE interaction_prompt (
    interaction_id  TEXT PRIMARY KEY,
    messages        TEXT NOT NULL
);

CREATE TABLE verdict (
    id              TEXT PRIMARY KEY,
    interaction_id  TEXT NOT NULL,
    layer           TEXT NOT NULL,
    span            TEXT NOT NULL,
    reason          TEXT NOT NULL
);
CREATE INDEX ix_verdict_interaction ON verdict(interaction_id);

CREATE TABLE quota (
    course_id   TEXT NOT NULL,
    student_id  TEXT NOT NULL,
    day         TEXT NOT NULL,
    used        INTEGER NOT NULL,
    PRIMARY KEY (course_id, student_id, day)
);

CREATE TABLE flag (
    id              TEXT PRIMARY KEY,
    interaction_id  TEXT NOT NULL,
    course_id       TEXT NOT NULL,
    category        TEXT NOT NULL,
    rule_id         TEXT NOT NULL,
    rule_version    INTEGER NOT NULL,
    severity        INTEGER NOT NULL,
    field           TEXT NOT NULL,
    start           INTEGER NOT NULL,
    quote           TEXT NOT NULL,
    explanation     TEXT NOT NULL,
    state           TEXT NOT NULL DEFAULT 'open',
    reviewed_by     TEXT,
    reviewed_at     BIGINT,
    review_reason   TEXT,
    created_at      BIGINT NOT NULL
);
CREATE INDEX ix_flag_course ON flag(course_id, state, created_at, id);
CREATE INDEX ix_flag_interaction ON flag(interaction_id);

CREATE TABLE escalation (
    id              TEXT PRIMARY KEY,
    interaction_id  TEXT NOT NULL UNIQUE,
    course_id       TEXT NOT NULL,
    exercise_id     TEXT NOT NULL,
    student_id      TEXT NOT NULL,
    message         TEXT NOT NULL,
    state           TEXT NOT NULL,
    claimed_by      TEXT,
    claimed_at      BIGINT,
    created_at      BIGINT NOT NULL,
    resolved_at     BIGINT
);
CREATE INDEX ix_escalation_course ON escalation(course_id, state, created_at, id);
CREATE INDEX ix_escalation_student ON escalation(student_id, created_at);

CREATE TABLE escalation_reply (
    id             TEXT PRIMARY KEY,
    escalation_id  TEXT NOT NULL REFERENCES escalation(id),
    author_id      TEXT NOT NULL,
    body           TEXT NOT NULL,
    created_at     BIGINT NOT NULL
);
CREATE INDEX ix_escalation_reply ON escalation_reply(escalation_id, created_at);

CREATE TABLE draft (
    student_id   TEXT NOT NULL,
    course_id    TEXT NOT NULL,
    exercise_id  TEXT NOT NULL,
    body         TEXT NOT NULL,
    question     TEXT NOT NULL,
    updated_at   BIGINT NOT NULL,
    PRIMARY KEY (student_id, course_id, exercise_id)
);

CREATE TABLE test_run (
    student_id   TEXT NOT NULL,
    course_id    TEXT NOT NULL,
    exercise_id  TEXT NOT NULL,
    passed       INTEGER NOT NULL,
    total        INTEGER NOT NULL,
    solved_at    BIGINT,
    run_at       BIGINT NOT NULL,
    PRIMARY KEY (student_id, course_id, exercise_id)
);

CREATE TABLE api_token (
    id            TEXT PRIMARY KEY,
    person_id     TEXT NOT NULL REFERENCES person(id),
    name          TEXT NOT NULL,
    hash          TEXT NOT NULL UNIQUE,
    created_at    BIGINT NOT NULL,
    last_used_at  BIGINT,
    revoked_at    BIGINT
);
CREATE INDEX ix_api_token_person ON api_token(person_id);

CREATE TABLE dp_key (
    id   TEXT PRIMARY KEY,
    xml  TEXT NOT NULL
);
