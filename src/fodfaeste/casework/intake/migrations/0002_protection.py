"""One municipality at a time, and the place where rows wait until all of a batch have been read."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fodfaeste.casework.access.protection import CAN_BE, WEB_ROLE, protect
from fodfaeste.casework.intake.staging import ROLE, SCHEMA

_MAKE = f"""
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN
        BEGIN
            CREATE ROLE {ROLE} NOLOGIN INHERIT;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END IF;
    IF NOT pg_has_role('{ROLE}', '{WEB_ROLE}', 'MEMBER') THEN
        GRANT {WEB_ROLE} TO {ROLE};
    END IF;
    IF NOT pg_has_role(current_user, '{ROLE}', {CAN_BE}) THEN
        EXECUTE format('GRANT {ROLE} TO %I', current_user);
    END IF;
END $$;
CREATE SCHEMA {SCHEMA};
GRANT USAGE ON SCHEMA {SCHEMA} TO {ROLE};
ALTER DEFAULT PRIVILEGES IN SCHEMA {SCHEMA} GRANT SELECT ON TABLES TO {ROLE};
"""


class Migration(migrations.Migration):
    """A role that writes what was read, bound to one municipality like everybody; and the waiting room."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("intake", "0001_initial"), ("access", "0002_protection")]
    operations: ClassVar[list[RunSQL]] = [
        RunSQL(_MAKE, f"DROP SCHEMA {SCHEMA} CASCADE;"),
        protect("intake_batch"),
        protect("intake_batchfile"),
        protect("intake_rejection"),
        protect("intake_reimbursement"),
    ]
