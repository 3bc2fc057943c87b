"""The merit core: a merit list as a pure function of sealed inputs and cited law.

No clock, no database, no randomness but a public seed; every decision is made by integers. Other packages
import this package alone and use these names (see each for what it refuses):

    rulebook.load(text, source) -> Rulebook                 every fault with its line in RulebookError
    rulebook.in_force(name, on, books=None) -> Rulebook     by the date of the announcement, never by today
    rulebook.shipped() -> tuple[Rulebook, ...]

    Item(code, accepted, treatment, section, scheme, credits)
    Series(order, items)
    Key(version, items, series)
    Responses.from_rows(ids, codes, rows, blank=...), .from_columns(ids, {code: column}, blank=...)
    score(rulebook, key, responses, component="") -> Scores

    Candidates.of(rows, maxima=..., key_digests=...)
    Candidates.from_scores(*scores, claims=..., attributes=...)
    rank(rulebook, candidates, list_id=..., seed="", facts=None) -> MeritList
        .digest .inputs_digest .rows .row(id) .passed_count .eligibles()
    explain(merit_list, candidate_id, *scores) -> Explanation

    certify(rulebook, names, issued_on=..., vacancies=1, unavailable=(), list_established_on=None)
        -> Certificate
    list_ends_on(rulebook, established_on, extended=False) -> date | None
    check_selection(rulebook, certificate, selected, on=..., evidence=..., unavailable=())
        -> tuple[Ruling, ...]

Every refusal is a MeritError (a ValueError) whose text is a sentence for people.
"""

from app.exams.merit import rulebook
from app.exams.merit.candidates import Candidates
from app.exams.merit.certification import Certificate, Eligible
from app.exams.merit.engine import certify, check_selection, list_ends_on, score
from app.exams.merit.errors import InputError, MeritError, Problem, RulebookError
from app.exams.merit.exact import Marks, fraction
from app.exams.merit.explaining import Explanation, Step, explain
from app.exams.merit.items import Item, Key, Scheme, Series
from app.exams.merit.ordering import draw
from app.exams.merit.ranking import MeritList, Row, rank
from app.exams.merit.responses import Responses
from app.exams.merit.rulebook import Rulebook
from app.exams.merit.scoring import Scores
from app.exams.merit.selection import Evidence, Refusal, Ruling

__all__ = [
    "Candidates",
    "Certificate",
    "Eligible",
    "Evidence",
    "Explanation",
    "InputError",
    "Item",
    "Key",
    "Marks",
    "MeritError",
    "MeritList",
    "Problem",
    "Refusal",
    "Responses",
    "Row",
    "Rulebook",
    "RulebookError",
    "Ruling",
    "Scheme",
    "Scores",
    "Series",
    "Step",
    "certify",
    "check_selection",
    "draw",
    "explain",
    "fraction",
    "list_ends_on",
    "rank",
    "rulebook",
    "score",
]
