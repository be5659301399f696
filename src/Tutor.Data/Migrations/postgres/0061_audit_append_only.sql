-- Against mistakes of Tutor's own. Against people with the portal's password: deploy/postgres/audit.sql.
CREATE FUNCTION audit_refuse() RETURNS TRIGGER LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'The audit log takes new rows only.'; END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
