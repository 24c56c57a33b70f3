"""Contact by agreement, from both sides: times, help, check-ins, calm, the self-driven track, and a leader's meters."""
