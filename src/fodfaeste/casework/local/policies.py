"""Who may write down what the municipality decided: its leader. Anybody who sees a case sees what was decided."""

from __future__ import annotations

import rules

from fodfaeste.casework.access.policies import is_leader

rules.add_perm("local.decide", is_leader)
