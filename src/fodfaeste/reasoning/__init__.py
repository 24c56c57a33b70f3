"""One case, columns, duties, because, contrast, ask, receipt."""

from fodfaeste.reasoning.because import Because, Explanation, explain
from fodfaeste.reasoning.contrast import Flip, contrast
from fodfaeste.reasoning.examples import ExampleResult, run_example, run_examples
from fodfaeste.reasoning.generated import Judge, judge_of
from fodfaeste.reasoning.outcome import Outcome, outcome
from fodfaeste.reasoning.questions import Question, ask
from fodfaeste.reasoning.quotas import QuotaOutcome, quota, quota_of_columns, quota_of_rows
from fodfaeste.reasoning.receipts import check_receipt, receipt
from fodfaeste.reasoning.reference import Reference
from fodfaeste.reasoning.status import NEEDS_ACTION, Status
from fodfaeste.reasoning.telling import Teller, explain_all, teller_of
from fodfaeste.reasoning.verdict import judge

__all__ = [
    "NEEDS_ACTION", "Because", "ExampleResult", "Explanation", "Flip", "Judge", "Outcome", "Question", "QuotaOutcome",
    "Reference", "Status", "Teller", "ask", "check_receipt", "contrast", "explain", "explain_all", "judge", "judge_of",
    "outcome", "quota", "quota_of_columns", "quota_of_rows", "receipt", "run_example", "run_examples", "teller_of",
]  # fmt: skip
