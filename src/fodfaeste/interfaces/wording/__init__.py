"""Sentences about the law, Danish first and English complete; used by the command line and the pages alike."""

from fodfaeste.interfaces.wording.asking import question_note, question_text
from fodfaeste.interfaces.wording.beginning import before_law, warnings_of
from fodfaeste.interfaces.wording.changes import (
    change_text,
    edit_text,
    field_text,
    flip_text,
    op_text,
    plain_fields,
    promise_text,
    regime_kind_text,
    regime_status_text,
)
from fodfaeste.interfaces.wording.expressions import demand, phrase
from fodfaeste.interfaces.wording.language import (
    LANGUAGES,
    Language,
    counted,
    label_of,
    listed,
    lowered,
    pick,
    quoted,
    raised,
    sentence,
)
from fodfaeste.interfaces.wording.outcomes import (
    Sentences,
    counted_text,
    deadline_text,
    outcome_text,
    progress_text,
    status_text,
)
from fodfaeste.interfaces.wording.problems import problem_text, reworded
from fodfaeste.interfaces.wording.reasons import Reasons
from fodfaeste.interfaces.wording.sources import source_text
from fodfaeste.interfaces.wording.values import any_text, day_short, day_text, days_from, span_text, value_text
from fodfaeste.interfaces.wording.words import Words, words_of

__all__ = [
    "LANGUAGES", "Language", "Reasons", "Sentences", "Words", "any_text", "before_law", "change_text", "counted",
    "counted_text", "day_short", "day_text", "days_from", "deadline_text", "demand", "edit_text", "field_text",
    "flip_text", "label_of", "listed", "lowered", "op_text", "outcome_text", "phrase", "pick", "plain_fields",
    "problem_text", "progress_text", "promise_text", "question_note", "question_text", "quoted", "raised",
    "regime_kind_text", "regime_status_text", "reworded", "sentence", "source_text", "span_text", "status_text",
    "value_text", "warnings_of", "words_of",
]  # fmt: skip
