"""The calls that other packages make: score, rank, explain, certify, check a selection."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from app.exams.merit import (
    alternation,
    assignment,
    certification,
    declines,
    levels,
    normalisation,
    panels,
    plans,
    scoring,
    seats,
    selection,
)
from app.exams.merit.alternation import JointCertificate
from app.exams.merit.assignment import Assignment, Post
from app.exams.merit.certification import Certificate, Certification, Eligible
from app.exams.merit.declines import DeclineRuling
from app.exams.merit.errors import MeritError
from app.exams.merit.exact import fraction
from app.exams.merit.items import Key
from app.exams.merit.panels import Rated, Rating
from app.exams.merit.ranking import MeritList
from app.exams.merit.responses import Responses
from app.exams.merit.rounding import round_fraction
from app.exams.merit.rulebook import Rulebook
from app.exams.merit.scoring import Scores
from app.exams.merit.seats import Allocation
from app.exams.merit.selection import NONE_ON_FILE, Evidence, Ruling
from app.exams.merit.statistics import Frequencies


def score(rulebook: Rulebook, key: Key, responses: Responses, *, component: str = "") -> Scores:
    """Mark every answer sheet of one component by the rulebook's marks and the key's item treatments.

    `component` may be left out where the rulebook has one component made of items. Items of key and
    sheets must be the same set, else InputError names the first that is missing.
    """
    if not component:
        of_items = [part.name for part in rulebook.components if part.kind == "items"]
        if len(of_items) != 1:
            raise MeritError("The rulebook has not exactly one component of items; name the component.")
        component = of_items[0]
    part = rulebook.component(component)
    if part.kind != "items":
        raise MeritError(f"The component {component!r} is not made of items.")
    return scoring.mark_sheets(component, part.rules, key, responses, part.maximum)


def certify(
    rulebook: Rulebook,
    names: Sequence[Eligible],
    *,
    issued_on: date,
    vacancies: int = 1,
    unavailable: Collection[str] = (),
    considered: Mapping[str, int] | None = None,
    list_established_on: date | None = None,
) -> Certificate:
    """Form a certificate by the rulebook's reach.

    `names` is the eligible list, from MeritList.eligibles() or made again from stored rows. `unavailable`
    are people who declined, were removed or appointed: they are not counted. `considered` tells how often
    each was considered without being selected, where the rulebook limits it. With `list_established_on` a
    list past its life is refused. So is one list alone where the rulebook certifies from several.
    """
    rules = _rules(rulebook)
    if names and rules.sources is not None:
        raise MeritError(f"The rulebook {rulebook.name!r} certifies from several lists together.")
    return certification.certify(
        rules,
        names,
        rulebook_digest=rulebook.digest,
        vacancies=vacancies,
        issued_on=issued_on,
        unavailable=unavailable,
        considered=considered,
        list_established_on=list_established_on,
    )


def keep_in_reserve(rulebook: Rulebook, certificate: Certificate) -> tuple[Eligible, ...]:
    """List who is kept in reserve behind a certificate as it was issued, in list order."""
    return certification.keep_in_reserve(_rules(rulebook), certificate)


def certify_lists(
    rulebook: Rulebook,
    lists: Mapping[str, Sequence[Eligible]],
    *,
    issued_on: date,
    vacancies: int = 1,
    first_turn: int = 1,
    unavailable: Collection[str] = (),
    considered: Mapping[str, int] | None = None,
    list_established_on: Mapping[str, date] | None = None,
) -> JointCertificate:
    """Form the certificates of several lists that share vacancies, by turns or one list after the other.

    `lists` are by the names of the rulebook, from `sublists` or each from a merit list of its own; one that
    is left out is empty. Turns are counted over the life of the lists: `first_turn` is the number of the
    first vacancy. Each certificate is judged by check_selection like any other.
    """
    return alternation.certify_lists(
        _rules(rulebook),
        lists,
        rulebook_digest=rulebook.digest,
        vacancies=vacancies,
        first_turn=first_turn,
        issued_on=issued_on,
        unavailable=unavailable,
        considered=considered,
        established_on=list_established_on or {},
    )


def sublists(rulebook: Rulebook, merit_list: MeritList) -> dict[str, tuple[Eligible, ...]]:
    """Divide one merit list into the lists of the rulebook; holders of several claims stand on several."""
    names, rules = merit_list.eligibles(), _rules(rulebook).sources
    held = {seeker.candidate_id: seeker.claims for seeker in merit_list.seekers()}
    return {
        source.name: tuple(
            name for name in names if not source.claim or source.claim in held[name.candidate_id]
        )
        for source in (rules.sources if rules else ())
    }


def rate(rulebook: Rulebook, component: str, ratings: Iterable[Rating]) -> Rated:
    """Combine raters' marks of one panel component; people who need another rating are listed as waiting."""
    panel = rulebook.component(component).panel
    if panel is None:
        raise MeritError(f"The component {component!r} is not rated by a panel.")
    return panels.rate(panel, ratings)


def level_mark(rulebook: Rulebook, component: str, level: str, added: int | str = 0) -> Fraction:
    """Give the mark of a declared level with points added to it; too many are refused."""
    return levels.level_mark(rulebook.component(component).levels, level, added)


def normalised_mark(
    rulebook: Rulebook,
    component: str,
    sessions: Mapping[str, Frequencies],
    session: str,
    mark: int | str | Fraction,
) -> Fraction:
    """Give what a raw mark of one session becomes, by a method that draws a line."""
    rules = rulebook.component(component).normalise
    if rules is None or rules.method not in ("mean", "mean-sd", "two-point"):
        raise MeritError(f"The component {component!r} is not normalised by a line.")
    value = normalisation.session_line(rules, session, dict(sessions)).at(fraction(mark))
    return round_fraction(value, rules.rounding)


def seat_numbers(
    rulebook: Rulebook, vacancies: int, *, first_point: int = 1, carried: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Share vacancies over the blocks, by the roster from `first_point` or by percentages.

    Seats that nobody filled before, `carried` over by block, are added.
    """
    return plans.seat_numbers(_plan(rulebook), vacancies, first_point, carried)


def guaranteed_seats(rulebook: Rulebook, vacancies: int) -> dict[str, dict[str, int]]:
    """Give the seats guaranteed to each claim inside each block."""
    numbers = seat_numbers(rulebook, vacancies)
    return {
        block.name: plans.guarantee_numbers(block, numbers[block.name]) for block in _plan(rulebook).blocks
    }


def seat(
    rulebook: Rulebook,
    merit_list: MeritList,
    vacancies: int | Mapping[str, int],
    *,
    guarantees: Mapping[str, Mapping[str, int]] | None = None,
    first_point: int = 1,
    carried: Mapping[str, int] | None = None,
) -> Allocation:
    """Seat the people of a merit list in the blocks of the rulebook, supernumerary seats last.

    `vacancies` is their number, shared by roster or percentages, or the seats of each block as announced.
    Seats `carried` over from an earlier allocation's `empty` are added to the shared ones.
    """
    plan = _plan(rulebook)
    total = vacancies if isinstance(vacancies, int) else sum(vacancies.values())
    numbers: Mapping[str, int]
    if isinstance(vacancies, int):
        numbers = plans.seat_numbers(plan, vacancies, first_point, carried)
    elif carried:
        raise MeritError("Seats announced by block already hold what is carried over.")
    else:
        numbers = vacancies
    seekers = merit_list.seekers()
    allocation = seats.allocate(plan, seekers, numbers, guarantees)
    if not plan.extras:
        return allocation
    return seats.add_extras(plan, allocation, seekers, merit_list.scores_by_id(), total)


def assign(
    rulebook: Rulebook, merit_list: MeritList, posts: Sequence[Post], preferences: Mapping[str, Sequence[str]]
) -> Assignment:
    """Assign the people of a merit list to several posts by the order in which each named them."""
    return assignment.assign(_plan(rulebook), posts, merit_list.seekers(), preferences)


def may_list_unrated(rulebook: Rulebook, names: Sequence[Eligible]) -> bool:
    """Tell whether so few names, alike in preference, may be certified without ratings."""
    return certification.may_list_unrated(_rules(rulebook), names)


def _plan(rulebook: Rulebook) -> plans.Plan:
    if rulebook.seats is None:
        raise MeritError(f"The rulebook {rulebook.name!r} has no rules for seats.")
    return rulebook.seats


def list_ends_on(rulebook: Rulebook, established_on: date, *, extended: bool = False) -> date | None:
    """Give the last day of a list's life, None when it has no end; `extended` to the longest the rulebook
    allows.
    """
    rules = _rules(rulebook)
    longest = rules.longest_list_life.ends_on(established_on) if extended else None
    return longest or rules.list_life.ends_on(established_on)


def check_selection(
    rulebook: Rulebook,
    certificate: Certificate,
    selected: Sequence[str],
    *,
    on: date,
    evidence: Evidence = NONE_ON_FILE,
    unavailable: Collection[str] = (),
) -> tuple[Ruling, ...]:
    """Judge one or several selections in the order of appointment; a Ruling lists its refusals.

    Each is judged as if the ones before it had been made. `unavailable` are people who declined or were
    removed since the certificate was issued. A certificate of another rulebook is refused.
    """
    if certificate.rulebook_digest != rulebook.digest:
        raise MeritError("The certificate was issued under another rulebook.")
    return selection.check_selection(
        _rules(rulebook),
        rulebook.selection,
        certificate,
        selected,
        on=on,
        evidence=evidence,
        unavailable=unavailable,
    )


def check_decline(rulebook: Rulebook, code: str, on_file: Collection[str]) -> DeclineRuling:
    """Tell what an answer of somebody who declines does to their name, or which evidence is missing."""
    return declines.check_decline(rulebook.declines, code, on_file)


def _rules(rulebook: Rulebook) -> Certification:
    if rulebook.certification is None:
        raise MeritError(f"The rulebook {rulebook.name!r} has no rules of certification.")
    return rulebook.certification
