"""An invented caseload in columns: seeded, skewed as real ones are, for whatever vocabulary the law has."""
