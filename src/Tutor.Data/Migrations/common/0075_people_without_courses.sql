-- Since when somebody is in no course and has not signed in; NULL while they are in one.
ALTER TABLE person ADD COLUMN courseless_since BIGINT;
