"""The citizen's own pages: next step, plan, dates, rights, facts, who looked, help."""
