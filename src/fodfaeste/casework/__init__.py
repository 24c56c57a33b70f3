"""Citizens and caseworkers: courses, facts, plans, contacts, offers, decisions, letters and the inbox."""
