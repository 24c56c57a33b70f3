"""The site's settings as the type checker reads them: no database is started, no secret is made."""

import os

os.environ.setdefault("DATABASE_URL", "postgresql://nobody@nowhere/none")
os.environ.setdefault("FODFAESTE_SECRET", "types need none")

from fodfaeste.interfaces.site.settings import *  # noqa: F403
