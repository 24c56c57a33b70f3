"""Citizens and partners see none of what came in: it belongs to no course, and holds person numbers."""

from django.db import migrations

from fodfaeste.casework.access.protection import narrow

NOBODYS = "-1"  # no course has this number


class Migration(migrations.Migration):

    dependencies = [("intake", "0003_columns_and_weeks"), ("access", "0004_protection")]

    operations = [
        narrow(f"intake_{table}", NOBODYS) for table in ("batch", "batchfile", "rejection", "reimbursement")
    ]
