"""A problem says what, where and how to mend it."""

import pickle

from fodfaeste.foundation import Problem, ProblemError

FULL = Problem("case.json", 12, "events[3].date", "'2024-13-01' is not a date", "write year-month-day")


def test_it_reads_as_one_line() -> None:
    assert str(FULL) == "case.json:12: events[3].date: '2024-13-01' is not a date — write year-month-day"


def test_what_is_missing_is_left_out() -> None:
    assert str(Problem("form", None, "", "the name is missing", "")) == "form: the name is missing"


def test_all_problems_are_told_at_once_and_survive_a_worker_process() -> None:
    other = Problem("case.json", None, "facts", "no such field", "see the vocabulary")
    error = pickle.loads(pickle.dumps(ProblemError([FULL, other])))
    assert error.problems == [FULL, other]
    assert str(error) == f"{FULL}\n{other}"
