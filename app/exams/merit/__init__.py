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
    rescore(scores, key) -> Scores                          equal to scoring again, by the changed items only

    adjust(rulebook, {("component", "written", "weight"): "50"}) -> Rulebook    to try rules out
    pack(candidates) -> bytes, unpack(bytes) -> Candidates                      to rank again without answers

    Candidates.of(rows, maxima=..., key_digests=...)
    Candidates.from_scores(*scores, claims=..., attributes=...)
    rank(rulebook, candidates, list_id=..., seed="", facts=None) -> MeritList
        .digest .inputs_digest .rows .page(start, stop) .row(id) .passed_count .eligibles()
    explain(merit_list, candidate_id, *scores, certificate=None, allocation=None) -> Explanation
    explain_all(merit_list, *scores) -> Iterator[Explanation]     in the order of the list

    rate(rulebook, component, [Rating(candidate_id, rater, mark, recused=False, further=False)]) -> Rated
    level_mark(rulebook, component, level, added=0) -> Fraction
    normalised_mark(rulebook, component, {session: Frequencies}, session, mark) -> Fraction

    seat_numbers(rulebook, vacancies, first_point=1), guaranteed_seats(rulebook, vacancies)
    seat(rulebook, merit_list, vacancies, guarantees=None, first_point=1) -> Allocation
    assign(rulebook, merit_list, [Post(name, numbers, guarantees)], preferences) -> Assignment

    certify(rulebook, names, issued_on=..., vacancies=1, unavailable=(), considered=None,
        list_established_on=None) -> Certificate
    certify_lists(rulebook, {list: names}, issued_on=..., vacancies=1, first_turn=1) -> JointCertificate
    keep_in_reserve(rulebook, certificate) -> tuple[Eligible, ...]
    reserve: Reserve, next_in_line(order, called, gone)
    sublists(rulebook, merit_list) -> {list: names}
    list_ends_on(rulebook, established_on, extended=False) -> date | None
    check_selection(rulebook, certificate, selected, on=..., evidence=..., unavailable=())
        -> tuple[Ruling, ...]
    check_decline(rulebook, code, on_file) -> DeclineRuling
    may_list_unrated(rulebook, names) -> bool
    supplement(certificate, added) -> tuple[Eligible, ...]

    replay(merit_list, stored_digest), differences(before, after), movement(before, after),
    reach_difference(before, after)
    lost_consideration(erroneous, correct, selected, qualified), considerations_owed(lost, certificates_used)
    Rulebook.table(name).value(at), Rulebook.period(name).ends_on(start, holidays)
    Rounding(places, mode), round_fraction, round_marks, display
    shares: combined_share(parts), over_share(counts, whole, limit)
    bands: band_width(bands, facts), standard_error(deviation, reliability)
    equating: Frequencies, mean_shift, linear, equipercentile

Every refusal is a MeritError (a ValueError) whose text is a sentence for people.
"""

from app.exams.merit import bands, equating, reserve, rulebook, shares
from app.exams.merit.alternation import JointCertificate, Turn
from app.exams.merit.assignment import Assignment, Post
from app.exams.merit.audit import (
    Consideration,
    Moved,
    Movement,
    ReachDifference,
    Replay,
    considerations_owed,
    differences,
    lost_consideration,
    movement,
    reach_difference,
    replay,
)
from app.exams.merit.candidates import Candidates
from app.exams.merit.certification import Certificate, Eligible, supplement
from app.exams.merit.declines import DeclineRuling
from app.exams.merit.derivation import Step
from app.exams.merit.engine import (
    assign,
    certify,
    certify_lists,
    check_decline,
    check_selection,
    guaranteed_seats,
    keep_in_reserve,
    level_mark,
    list_ends_on,
    may_list_unrated,
    normalised_mark,
    rate,
    score,
    seat,
    seat_numbers,
    sublists,
)
from app.exams.merit.errors import InputError, MeritError, Problem, RulebookError
from app.exams.merit.exact import Marks, fraction, plain
from app.exams.merit.explaining import Explanation, explain
from app.exams.merit.explaining_all import explain_all
from app.exams.merit.items import Item, Key, Scheme, Series
from app.exams.merit.ordering import draw
from app.exams.merit.panels import Rated, Rating
from app.exams.merit.ranking import MeritList, Row, rank
from app.exams.merit.responses import Responses
from app.exams.merit.rounding import Rounding, display, round_fraction, round_marks
from app.exams.merit.rulebook import Rulebook
from app.exams.merit.scoring import Scores, rescore
from app.exams.merit.seats import Allocation, Seat
from app.exams.merit.selection import Evidence, Refusal, Ruling
from app.exams.merit.statistics import Frequencies
from app.exams.merit.trying import adjust, pack, unpack

__all__ = [
    "Allocation",
    "Assignment",
    "Candidates",
    "Certificate",
    "Consideration",
    "DeclineRuling",
    "Eligible",
    "Evidence",
    "Explanation",
    "Frequencies",
    "InputError",
    "Item",
    "JointCertificate",
    "Key",
    "Marks",
    "MeritError",
    "MeritList",
    "Moved",
    "Movement",
    "Post",
    "Problem",
    "Rated",
    "Rating",
    "ReachDifference",
    "Refusal",
    "Replay",
    "Responses",
    "Rounding",
    "Row",
    "Rulebook",
    "RulebookError",
    "Ruling",
    "Scheme",
    "Scores",
    "Seat",
    "Series",
    "Step",
    "Turn",
    "adjust",
    "assign",
    "bands",
    "certify",
    "certify_lists",
    "check_decline",
    "check_selection",
    "considerations_owed",
    "differences",
    "display",
    "draw",
    "equating",
    "explain",
    "explain_all",
    "fraction",
    "guaranteed_seats",
    "keep_in_reserve",
    "level_mark",
    "list_ends_on",
    "lost_consideration",
    "may_list_unrated",
    "movement",
    "normalised_mark",
    "pack",
    "plain",
    "rank",
    "rate",
    "reach_difference",
    "replay",
    "rescore",
    "reserve",
    "round_fraction",
    "round_marks",
    "rulebook",
    "score",
    "seat",
    "seat_numbers",
    "shares",
    "sublists",
    "supplement",
    "unpack",
]
