"""Row-level security as migration operations: a table is seen one municipality at a time.

The pages connect under a role that owns nothing. It sees the rows of the municipality that ``bind`` named in the
running transaction, and no row at all when none was named. Owners are bound too, unless they are superusers.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.migrations.operations import RunSQL

WEB_ROLE = "fodfaeste_web"
SETTING = "app.kommune"
COURSES = "app.courses"
"""The courses a citizen or a partner may see, by number; empty for staff, who see their municipality's."""

SELF = "app.self"
"""The course of the citizen who is signed in herself."""

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


def narrow(table: str, course: str = "course_id") -> RunSQL:
    """Let citizens and partners see only rows of the courses that ``bind`` named. ``course`` is SQL for the number."""
    named = f"(SELECT NULLIF(current_setting('{COURSES}', true), ''))"
    return RunSQL(
        f"CREATE POLICY named_courses ON {table} AS RESTRICTIVE "
        f"USING ({named} IS NULL OR {course} = ANY (string_to_array({named}, ',')::bigint[]));",
        f"DROP POLICY named_courses ON {table};",
    )


def keep_to_herself(table: str) -> RunSQL:
    """Let a table with ``course_id`` be seen by the citizen whose course it is, and by nobody else."""
    own = f"(SELECT NULLIF(current_setting('{SELF}', true), '')::bigint)"
    return RunSQL(
        f"CREATE POLICY only_herself ON {table} AS RESTRICTIVE USING (course_id = {own});",
        f"DROP POLICY only_herself ON {table};",
    )


def bind(kommune: int | None, courses: Iterable[int] | None = None, herself: int | None = None) -> None:
    """Let the running transaction see one municipality's rows (None: no rows).

    ``courses`` narrows that to some courses, for citizens and partners; ``herself`` is the course of the citizen who
    is signed in.
    """
    named = "" if courses is None else ",".join(str(one) for one in courses) or "0"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config(%s, %s, true), set_config(%s, %s, true), set_config(%s, %s, true)",
            [SETTING, _text(kommune), COURSES, named, SELF, _text(herself)],
        )


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
