#!/usr/bin/env python
"""Django's own commands, for those who work on the site; what users need is in ``fodfaeste``."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fodfaeste.interfaces.site.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
