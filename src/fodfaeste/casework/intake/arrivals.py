"""Citizens and courses, caseworkers, appointments, words, steps and reimbursements of a batch.

What a table leaves empty is not known, and takes nothing away; only whether a course is closed follows the extract.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import make_password

from fodfaeste.casework.access.models import Role, User
from fodfaeste.casework.intake.bulk import unindexed
from fodfaeste.casework.intake.models import Batch
from fodfaeste.casework.intake.tally import Tally


def staff(cursor: Any, batch: Batch, incoming: str, tally: Tally) -> None:
    """Caseworkers who are not there yet; those who are keep what they are."""
    cursor.execute(
        f'SELECT s.file, s."rows", s.username, s.first_name, s.last_name, s.team FROM {incoming} AS s ORDER BY 1'
    )
    rows = cursor.fetchall()
    there = set(User.objects.filter(username__in={row[2] for row in rows}).values_list("username", flat=True))
    for file, number, username, first_name, last_name, team in rows:
        if username in there:
            tally.count(tally.unchanged, [(file, number)])
            continue
        User.objects.create(
            username=username, first_name=first_name or "", last_name=last_name or "", team=team or "",
            kommune_id=batch.kommune_id, role=Role.CASEWORKER, password=make_password(None), is_active=False,
        )  # fmt: skip
        there.add(username)
        tally.count(tally.new, [(file, number)])


_SAID = """
    (s.name, COALESCE(s.born, c.born), COALESCE(s.phone, c.phone), COALESCE(s.protected, c.protected), s.opened,
     s.closed, COALESCE(u.id, o.caseworker_id))
    IS NOT DISTINCT FROM (c.name, c.born, c.phone, c.protected, o.opened, o.closed, o.caseworker_id)
"""


def citizens(cursor: Any, batch: Batch, incoming: str, tally: Tally) -> None:
    """Citizens and their courses; leaves table ``person``: the course of every person number."""
    kommune = [batch.kommune_id]
    cursor.execute(
        f"""
        CREATE TEMP TABLE coming ON COMMIT DROP AS
        SELECT s.*, lpad(s.person::text, 10, '0') AS number, c.id AS citizen, o.id AS course, u.id AS worker,
               CASE WHEN o.id IS NULL THEN 'new' WHEN {_SAID} THEN 'same' ELSE 'changed' END AS state
        FROM {incoming} AS s
        LEFT JOIN people_citizen AS c ON c.kommune_id = %s AND c.person_number = lpad(s.person::text, 10, '0')
        LEFT JOIN courses_course AS o ON o.citizen_id = c.id
        LEFT JOIN access_user AS u ON u.username = s.caseworker AND u.kommune_id = %s
        """,
        kommune * 2,
    )
    cursor.execute("CREATE INDEX ON coming (number)")
    cursor.execute("ANALYZE coming")
    cursor.execute('SELECT file, state, sum("rows") FROM coming GROUP BY 1, 2')
    found = {"new": tally.new, "same": tally.unchanged, "changed": tally.changed}
    for file, state, rows in cursor.fetchall():
        tally.count(found[state], [(file, rows)])
    cursor.execute(
        """
        UPDATE people_citizen AS c SET name = s.name, born = COALESCE(s.born, c.born),
            phone = COALESCE(s.phone, c.phone), protected = COALESCE(s.protected, c.protected)
        FROM coming AS s WHERE c.id = s.citizen AND s.state = 'changed'
        """
    )
    cursor.execute(
        """
        UPDATE courses_course AS o SET opened = s.opened, closed = s.closed,
            caseworker_id = COALESCE(s.worker, o.caseworker_id), version = o.version + 1
        FROM coming AS s WHERE o.id = s.course AND s.state = 'changed'
        """
    )
    cursor.execute(
        """
        INSERT INTO people_citizen (kommune_id, reference, person_number, name, born, phone, protected)
        SELECT %s, gen_random_uuid(), s.number, s.name, s.born, COALESCE(s.phone, ''), COALESCE(s.protected, false)
        FROM coming AS s WHERE s.citizen IS NULL
        """,
        kommune,
    )
    cursor.execute(
        """
        INSERT INTO courses_course (kommune_id, citizen_id, caseworker_id, opened, closed, version, unobserved)
        SELECT %s, c.id, s.worker, s.opened, s.closed, 1, '[]'
        FROM coming AS s JOIN people_citizen AS c ON c.kommune_id = %s AND c.person_number = s.number
        WHERE s.course IS NULL
        """,
        kommune * 2,
    )


def index_people(cursor: Any, batch: Batch, incoming: bool) -> None:
    """Make table ``person``: the course of every person number, and whether this batch began it."""
    fresh = "EXISTS (SELECT FROM coming AS s WHERE s.number = c.person_number AND s.course IS NULL)"
    cursor.execute(
        f"""
        CREATE TEMP TABLE person ON COMMIT DROP AS
        SELECT c.person_number::bigint AS person, o.id AS course, {fresh if incoming else "false"} AS fresh
        FROM people_citizen AS c JOIN courses_course AS o ON o.citizen_id = c.id WHERE c.kommune_id = %s
        """,
        [batch.kommune_id],
    )
    cursor.execute("ALTER TABLE person ADD PRIMARY KEY (person)")
    cursor.execute("ANALYZE person")
    cursor.execute("CREATE TEMP TABLE touched (course bigint) ON COMMIT DROP")


_OTHERS: dict[str, tuple[str, str, dict[str, str], str]] = {
    # shape: table, what names the same thing (s, e), columns, what may be said anew
    "appointment": (
        "contacts_appointment", "e.course_id = p.course AND e.at = s.at",
        {"caseworker_id": "u.id", "at": "s.at", "form": "s.form", "place": "COALESCE(s.place, '')",
         "cancelled_at": "s.cancelled"},
        "caseworker_id form place cancelled_at",
    ),
    "words": (
        "plans_words", "e.course_id = p.course AND e.kind = s.kind AND e.text = s.text AND e.written_at = s.written",
        {"kind": "s.kind", "text": "s.text", "written_at": "s.written"}, "",
    ),
    "step": (
        "plans_step", "e.course_id = p.course AND e.text = s.text",
        {"text": "s.text", "owner": "s.owner", '"on"': "s.first", "reason": "COALESCE(s.reason, '')",
         "agreed": "COALESCE(s.agreed, false)", "done": "s.done"},
        'owner "on" reason agreed done',
    ),
}  # fmt: skip


def others(cursor: Any, batch: Batch, shape: str, incoming: str, tally: Tally) -> None:
    """Appointments, words and steps: known again by whose they are and what they say."""
    table, match, columns, anew = _OTHERS[shape]
    said = anew.split()
    same = " AND ".join(f"e.{name} IS NOT DISTINCT FROM {columns[name]}" for name in said) or "true"
    worker = "JOIN access_user AS u ON u.username = s.caseworker" if shape == "appointment" else ""
    cursor.execute("DROP TABLE IF EXISTS thing")
    cursor.execute(
        f"""
        CREATE TEMP TABLE thing ON COMMIT DROP AS
        SELECT s.file, s."rows", e.id, p.course, ({same}) AS same,
               {", ".join(f"{value} AS {name}" for name, value in columns.items())}
        FROM {incoming} AS s JOIN person AS p USING (person) {worker}
        LEFT JOIN LATERAL (SELECT * FROM {table} AS e WHERE {match} ORDER BY e.id LIMIT 1) AS e ON true
        """
    )
    _count(cursor, tally)
    if said:
        changes = ", ".join(f"{name} = s.{name}" for name in said)
        cursor.execute(f"UPDATE {table} AS e SET {changes} FROM thing AS s WHERE e.id = s.id AND NOT s.same")
    names = ", ".join(columns)
    cursor.execute(
        f"""
        INSERT INTO {table} (kommune_id, course_id, {names})
        SELECT %s, s.course, {names} FROM thing AS s WHERE s.id IS NULL
        """,
        [batch.kommune_id],
    )


_MONEY = "week benefit person_number persons total reimbursed own_share paid_by"


def reimbursements(cursor: Any, batch: Batch, incoming: str, tally: Tally) -> None:
    """Lines of the state's extract; one that says something else now is brought up to date."""
    names = _MONEY.split()
    texts = ("person_number", "paid_by")
    values = {name: f"COALESCE(s.{name}, '')" if name in texts else f"s.{name}" for name in names}
    same = " AND ".join(f"e.{name} IS NOT DISTINCT FROM {values[name]}" for name in names)
    cursor.execute("DROP TABLE IF EXISTS thing")
    cursor.execute(
        f"""
        CREATE TEMP TABLE thing ON COMMIT DROP AS
        SELECT s.file, s."rows", e.id, s.key, ({same}) AS same,
               {", ".join(f"{value} AS {name}" for name, value in values.items())}
        FROM {incoming} AS s LEFT JOIN intake_reimbursement AS e ON e.kommune_id = %s AND e.key = s.key
        """,
        [batch.kommune_id],
    )
    _count(cursor, tally)
    changes = ", ".join(f"{name} = s.{name}" for name in names)
    cursor.execute(f"UPDATE intake_reimbursement AS e SET {changes} FROM thing AS s WHERE e.id = s.id AND NOT s.same")
    cursor.execute("SELECT count(*) FROM thing WHERE id IS NULL")
    with unindexed(cursor, "intake_reimbursement", cursor.fetchone()[0]):
        cursor.execute(
            f"""
            INSERT INTO intake_reimbursement (kommune_id, key, {", ".join(names)})
            SELECT %s, s.key, {", ".join(names)} FROM thing AS s WHERE s.id IS NULL
            """,
            [batch.kommune_id],
        )


def _count(cursor: Any, tally: Tally) -> None:
    cursor.execute(
        """SELECT file, CASE WHEN id IS NULL THEN 'new' WHEN same THEN 'same' ELSE 'changed' END, sum("rows")
        FROM thing GROUP BY 1, 2"""
    )
    found = {"new": tally.new, "same": tally.unchanged, "changed": tally.changed}
    for file, state, rows in cursor.fetchall():
        tally.count(found[state], [(file, rows)])
