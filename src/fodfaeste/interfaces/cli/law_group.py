"""The group of commands about the law itself."""

from fodfaeste.interfaces.cli.app import group

law_app = group("law", "Loven: slå op, tjek, sammenlign.", "The law: look up, check, compare.")
