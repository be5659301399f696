-- Takes the audit log out of the portal's own hands: its role may add rows and read them, and nothing else. Run once as the server's
-- superuser after the portal has started for the first time, and again after a restore:
--   psql --set=role=tutor --file=audit.sql tutor
-- Until then only a trigger stands in the way, which the owner of the table could drop.
\set ON_ERROR_STOP on
SELECT 'CREATE ROLE tutor_audit NOLOGIN' WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'tutor_audit') \gexec
BEGIN;
ALTER TABLE audit OWNER TO tutor_audit;
ALTER FUNCTION audit_refuse() OWNER TO tutor_audit;
REVOKE ALL ON audit FROM PUBLIC, :"role";
GRANT SELECT, INSERT ON audit TO :"role";
-- The owner of a schema may drop what is in it.
ALTER SCHEMA public OWNER TO tutor_audit;
GRANT USAGE, CREATE ON SCHEMA public TO :"role";
COMMIT;
