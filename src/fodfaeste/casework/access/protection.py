"""Row-level security as migration operations: a table is seen one municipality at a time.

The pages connect under a role that owns nothing. It sees the rows of the municipality that ``bind`` named in the
running transaction, and no row at all when none was named. Owners are bound too, unless they are superusers.
"""

from __future__ import annotations

from django.db import connection
from django.db.migrations.operations import RunSQL

WEB_ROLE = "fodfaeste_web"
SETTING = "app.kommune"

CAN_BE = "CASE WHEN current_setting('server_version_num')::int < 160000 THEN 'MEMBER' ELSE 'SET' END"
"""What ``pg_has_role`` is asked to learn whether a user may act as a role: since PostgreSQL 16 whoever made a role is a
member of it, but may not act as it until that is granted."""

MAKE_ROLE = f"""
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{WEB_ROLE}') THEN
        BEGIN
            CREATE ROLE {WEB_ROLE} NOLOGIN NOINHERIT;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END IF;
END $$;
GRANT USAGE ON SCHEMA public TO {WEB_ROLE};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {WEB_ROLE};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {WEB_ROLE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {WEB_ROLE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO {WEB_ROLE};
DO $$ BEGIN
    IF NOT pg_has_role(current_user, '{WEB_ROLE}', {CAN_BE}) THEN
        EXECUTE format('GRANT {WEB_ROLE} TO %I', current_user);
    END IF;
END $$;
"""


def protect(table: str, *, append_only: bool = False) -> RunSQL:
    """Let a table with ``kommune_id`` be seen one municipality at a time; ``append_only`` rows stay as they are."""
    forward = f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY one_municipality ON {table}
    USING (kommune_id = (SELECT NULLIF(current_setting('{SETTING}', true), '')::smallint));
"""
    if append_only:
        forward += f"REVOKE UPDATE, DELETE ON {table} FROM {WEB_ROLE};\n"
    backward = f"""
DROP POLICY one_municipality ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
GRANT UPDATE, DELETE ON {table} TO {WEB_ROLE};
"""
    return RunSQL(forward, backward)


def bind(kommune: int | None) -> None:
    """Let the running transaction see one municipality's rows (None: no rows)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, "" if kommune is None else str(kommune)])
