"""The two roles the program acts under, and what a server's administrator must do where its user may not make them."""

from __future__ import annotations

from fodfaeste.casework.access.protection import CAN_BE, WEB_ROLE
from fodfaeste.casework.intake.staging import ROLE as INTAKE_ROLE

_MADE = {
    WEB_ROLE: f"CREATE ROLE {WEB_ROLE} NOLOGIN NOINHERIT ROLE",
    INTAKE_ROLE: f"CREATE ROLE {INTAKE_ROLE} NOLOGIN INHERIT IN ROLE {WEB_ROLE} ROLE",
}


def lines_for_administrator() -> list[str]:
    """The lines of SQL an administrator runs before ``fodfaeste db migrate`` can; none where it can by itself."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(current_user), rolsuper, rolcreaterole, current_setting('server_version_num')::int "
            "FROM pg_roles WHERE rolname = current_user"
        )
        user, is_super, may_make, version = cursor.fetchone()
        cursor.execute(f"SELECT rolname, pg_has_role(rolname, {CAN_BE}) FROM pg_roles WHERE rolname IN (%s, %s)",  # noqa: S608
                       list(_MADE))  # fmt: skip
        there = dict(cursor.fetchall())
    if is_super or (may_make and version < 160_000):
        return []
    lines = []
    for role, made in _MADE.items():
        if role not in there and not may_make:
            lines.append(f"{made} {user};")
        elif there.get(role) is False:
            lines.append(f"GRANT {role} TO {user};")
    return lines
