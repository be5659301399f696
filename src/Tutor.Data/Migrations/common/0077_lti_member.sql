-- Whom each of a platform's courses named, and as what. Two of them may lead to one course here (a lecture and its lab); taking the people
-- of one takes away nobody whom another still names.
CREATE TABLE lti_member (
    course_id   $text$ NOT NULL REFERENCES course(id) ON DELETE CASCADE,
    platform    $text$ NOT NULL,
    context_id  $text$ NOT NULL,
    person_id   $text$ NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    role        $text$ NOT NULL,
    PRIMARY KEY (course_id, platform, context_id, person_id)
);
CREATE INDEX ix_lti_member_person ON lti_member(person_id);
-- Until now only courses behind one of the platform's courses could tell whom it had named.
INSERT INTO lti_member (course_id, platform, context_id, person_id, role)
SELECT l.course_id, l.platform, l.context_id, m.person_id, m.role
FROM lti_context l JOIN membership m ON m.course_id = l.course_id AND m.source = 'lti'
WHERE (SELECT COUNT(*) FROM lti_context o WHERE o.course_id = l.course_id) = 1;
