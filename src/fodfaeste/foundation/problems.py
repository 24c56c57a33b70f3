"""What is wrong with an input: where it stands, what it is and how to mend it, all problems at once."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file."""

    file: str
    """Name of the file, as the reader knows it."""
    line: int | None
    """Line number from 1, or None where lines mean nothing (a form, a request)."""
    where: str
    """Place inside the file, such as ``events[3].date``."""
    message: str
    """What is wrong."""
    mend: str
    """How to mend it."""

    def __str__(self) -> str:
        """``file:line: where: message — mend``; what is missing is left out."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        said = f"{self.message} — {self.mend}" if self.mend else self.message
        return ": ".join(part for part in (place, self.where, said) if part)


class ProblemError(Exception):
    """An input was refused as a whole; ``problems`` holds everything found, in order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems; the text is one line for each."""
        self.problems: list[Problem] = list(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type["ProblemError"], tuple[list[Problem]]]:
        """Pickled by its problems, so that a worker process can hand it back."""
        return (type(self), (self.problems,))
