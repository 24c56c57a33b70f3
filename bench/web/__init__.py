"""The pages at work: twenty caseworkers, a leader, a municipality of 100 000 citizens."""
