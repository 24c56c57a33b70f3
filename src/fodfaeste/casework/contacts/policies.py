"""Who may write about conversations: a caseworker of the citizen's municipality."""

from __future__ import annotations

import rules

from fodfaeste.casework.access.policies import is_caseworker, same_municipality

rules.add_perm("contacts.register", is_caseworker & same_municipality)
rules.add_perm("contacts.mend", is_caseworker & same_municipality)
