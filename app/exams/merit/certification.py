"""Stage 10: who may be considered for a vacancy, and how long a list and a certificate live."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.exams.merit.errors import InputError, MeritError
from app.exams.merit.exact import digest, plain
from app.exams.merit.lives import Life, read_life
from app.exams.merit.reading import Node
from app.exams.merit.reserve import Reserve, read_reserve
from app.exams.merit.rounding import MODES, round_whole
from app.exams.merit.sources import Sources, read_sources

REACHES = ("people", "ranks", "scores", "percent", "cut-score", "within", "categories", "whole-list")


@dataclass(frozen=True, slots=True)
class Certification:
    """How far down the list an appointing authority may reach.

    The count is `per_vacancy` times the vacancies, plus `plus`; it counts people, ranks or scores. `ties`
    at the cut are included or broken by position. `reform` forms the reach again, for one vacancy, after
    each appointment. `merge_below`: a best category with fewer people is joined with the next.
    `unrated_up_to`: so few names, alike in preference, may be listed without ratings. `drop_after`: people
    considered so often without being selected are no longer certified.
    """

    reach: str
    per_vacancy: Fraction
    plus: Fraction
    percent: Fraction
    cut: Fraction
    within: Fraction
    rounding: str
    ties: str
    minimum: int
    most: int | None
    merge_below: int
    reform: bool
    unrated_up_to: int
    drop_after: int | None
    list_life: Life
    longest_list_life: Life
    certificate_life: Life
    sources: Sources | None
    reserve: Reserve | None
    citation: str


@dataclass(frozen=True, slots=True)
class Eligible:
    """One name of an eligible list, as far as certification needs it.

    `position` counts from 1; somebody restored between two others has a fraction, such as 225/2.
    """

    candidate_id: str
    position: int | Fraction
    rank: int
    numerator: int
    denominator: int
    preference: bool = False
    category: str = ""
    tier: int = 0

    @property
    def score(self) -> Fraction:
        """Give the deciding mark."""
        return Fraction(self.numerator, self.denominator)


@dataclass(frozen=True, slots=True)
class Certificate:
    """Names that may be considered, in list order.

    `standing` holds everybody available, from which the reach is formed again after an appointment.
    """

    rulebook_digest: str
    vacancies: int
    issued_on: date
    expires_on: date | None
    names: tuple[Eligible, ...]
    standing: tuple[Eligible, ...]
    sentence: str
    citation: str

    @property
    def digest(self) -> str:
        """Give the SHA-256 of what the certificate says."""
        return digest(
            {
                "rulebook": self.rulebook_digest,
                "vacancies": self.vacancies,
                "issued_on": self.issued_on,
                "expires_on": self.expires_on,
                "names": [[name.candidate_id, name.position] for name in self.names],
                "standing": [[name.candidate_id, name.position] for name in self.standing],
            }
        )


def read_certification(root: Node) -> Certification | None:
    """Read [certification] with its lives."""
    node = root.child("certification")
    if node is None:
        return None
    certification = Certification(
        reach=node.text("reach", choices=REACHES),
        per_vacancy=node.number("per_vacancy", 0),
        plus=node.number("plus", 0),
        percent=node.number("percent", 0),
        cut=node.number("cut", 0),
        within=node.number("within", 0),
        rounding=node.text("rounding", "ceiling", MODES),
        ties=node.text("ties", "include", ("include", "break")),
        minimum=node.whole("minimum", 0),
        most=node.optional_whole("most", 1),
        merge_below=node.whole("merge_below", 0),
        reform=node.flag("reform", False),
        unrated_up_to=node.whole("unrated_up_to", 0),
        drop_after=node.optional_whole("drop_after", 1),
        list_life=read_life(node.table("list_life")),
        longest_list_life=read_life(node.table("longest_list_life")),
        certificate_life=read_life(node.table("certificate_life")),
        sources=read_sources(node.child("lists")),
        reserve=read_reserve(node.child("reserve")),
        citation=node.text("citation"),
    )
    _check_reach(node, certification)
    if certification.reserve is not None:
        _check_reserve(node, certification)
    node.finish()
    return certification


def _check_reach(node: Node, certification: Certification) -> None:
    counted = certification.reach in ("people", "ranks", "scores")
    if counted and certification.per_vacancy + certification.plus < 1:
        node.fault("The reach counts nobody; give per_vacancy or plus.", "reach")
    if certification.reach == "percent" and not 0 < certification.percent <= 100:
        node.fault("'percent' must be above 0 and at most 100.", "percent")
    if certification.reach == "cut-score" and not node.has("cut"):
        node.fault("The reach needs its cut score, 'cut'.", "reach")
    if certification.reach == "within" and not node.has("within"):
        node.fault("The reach needs how far below the best it goes, 'within'.", "reach")


def _check_reserve(node: Node, certification: Certification) -> None:
    """Ask that each vacancy has one name: a reserve stands behind those who are selected."""
    one_each = (
        certification.reach == "people"
        and certification.per_vacancy == 1
        and not certification.plus
        and not certification.minimum
        and not certification.reform
        and certification.ties == "break"
    )
    if not one_each:
        node.fault(
            "A reserve stands behind one name for each vacancy: reach 'people', per_vacancy 1, ties 'break', "
            "without plus, minimum and reform.",
            "reserve",
        )
    if certification.sources is not None:
        node.fault("A reserve stands behind one list, not behind several.", "reserve")
    if certification.certificate_life != Life(0, 0):
        node.fault("The certificate lives as long as its reserve; leave certificate_life out.", "reserve")


def certify(
    certification: Certification,
    names: Sequence[Eligible],
    *,
    rulebook_digest: str,
    vacancies: int,
    issued_on: date,
    unavailable: Collection[str] = (),
    considered: Mapping[str, int] | None = None,
    list_established_on: date | None = None,
) -> Certificate:
    """Form a certificate from an eligible list.

    `unavailable` are people who declined, were removed or appointed: they are not counted. A list past
    its life is refused.
    """
    if vacancies < 1:
        raise MeritError("A certificate needs at least one vacancy.")
    if list_established_on is not None:
        check_life(certification, list_established_on, issued_on)
    standing = available(certification, names, unavailable, considered)
    return Certificate(
        rulebook_digest,
        vacancies,
        issued_on,
        certification.certificate_life.ends_on(issued_on),
        within_reach(certification, standing, vacancies),
        standing,
        sentence(certification, vacancies),
        certification.citation,
    )


def keep_in_reserve(certification: Certification, certificate: Certificate) -> tuple[Eligible, ...]:
    """List who is kept in reserve behind a certificate, in list order; nobody where the rules keep none."""
    if certification.reserve is None:
        return ()
    certified = {name.candidate_id for name in certificate.names}
    behind = [name for name in certificate.standing if name.candidate_id not in certified]
    return tuple(behind[: certification.reserve.count(certificate.vacancies)])


def check_life(certification: Certification, established_on: date, on: date) -> None:
    """Refuse a list whose life has ended."""
    last = certification.list_life.ends_on(established_on)
    if last is not None and on > last:
        raise MeritError(f"The list ended on {last.isoformat()}; nobody can be certified from it.")


def available(
    certification: Certification,
    names: Sequence[Eligible],
    unavailable: Collection[str],
    considered: Mapping[str, int] | None,
) -> tuple[Eligible, ...]:
    """List the names that count, in order of position; somebody who stands in the list twice is refused."""
    gone = set(unavailable)
    if certification.drop_after is not None:
        gone |= {name for name, times in (considered or {}).items() if times >= certification.drop_after}
    left = (name for name in names if name.candidate_id not in gone)
    standing = tuple(sorted(left, key=lambda name: name.position))
    seen = {name.candidate_id for name in standing}
    if len(seen) != len(standing):
        raise InputError("eligible list", "somebody stands in it twice.")
    return standing


def within_reach(
    certification: Certification, standing: Sequence[Eligible], vacancies: int
) -> tuple[Eligible, ...]:
    """List who may be considered among the available names, in order."""
    if certification.reach == "whole-list" or not standing:
        return tuple(standing)
    if certification.reach == "categories":
        return _top_categories(certification, standing)
    if certification.reach in ("cut-score", "within"):
        return _by_score(certification, standing)
    kept = _count(certification, standing, vacancies)
    if certification.most is not None:
        kept = min(kept, certification.most)
    # Whole ranks have no tie at their end: a tie key of the rulebook has broken it.
    if certification.reach == "ranks" and kept >= certification.minimum:
        return tuple(standing[:kept])
    return _with_ties(certification, standing, max(kept, certification.minimum))


def _by_score(certification: Certification, standing: Sequence[Eligible]) -> tuple[Eligible, ...]:
    """List everybody with the least mark, whatever their tier; the next in order where they are too few."""
    least = certification.cut
    if certification.reach == "within":
        least = max(name.score for name in standing) - certification.within
    reached = [name for name in standing if name.score >= least]
    kept = len(reached) if certification.most is None else min(len(reached), certification.most)
    ordered = [*reached, *(name for name in standing if name.score < least)]
    found = _with_ties(certification, ordered, max(kept, certification.minimum))
    return tuple(sorted(found, key=lambda name: name.position))


def _count(certification: Certification, standing: Sequence[Eligible], vacancies: int) -> int:
    if certification.reach == "percent":
        return round_whole(certification.percent * len(standing) / 100, certification.rounding)
    limit = round_whole(certification.per_vacancy * vacancies + certification.plus, certification.rounding)
    if certification.reach == "people":
        return limit
    values = [name.rank if certification.reach == "ranks" else name.score for name in standing]
    reached = set(list(dict.fromkeys(values))[:limit])
    return sum(value in reached for value in values)


def _with_ties(certification: Certification, standing: Sequence[Eligible], kept: int) -> tuple[Eligible, ...]:
    """Add everybody equal to the last: of the same tier, category and score."""
    kept = min(kept, len(standing))
    if certification.ties == "include" and kept:
        last = standing[kept - 1]
        while kept < len(standing) and _equal(standing[kept], last):
            kept += 1
    return tuple(standing[:kept])


def _equal(one: Eligible, other: Eligible) -> bool:
    return (one.tier, one.category, one.score) == (other.tier, other.category, other.score)


def _top_categories(certification: Certification, standing: Sequence[Eligible]) -> tuple[Eligible, ...]:
    names: list[Eligible] = []
    for category in dict.fromkeys(name.category for name in standing):
        names += [name for name in standing if name.category == category]
        if len(names) >= certification.merge_below:
            break
    return tuple(sorted(names, key=lambda name: (not name.preference, name.position)))


def may_list_unrated(certification: Certification, names: Sequence[Eligible]) -> bool:
    """Tell whether so few names may be listed unrated: all must have preference or none."""
    alike = len({name.preference for name in names}) <= 1
    return alike and len(names) <= certification.unrated_up_to


def supplement(original: Certificate, added: Sequence[Eligible]) -> tuple[Eligible, ...]:
    """Put the names of a supplement below all names of the original certificate, whatever their marks."""
    known = {name.candidate_id for name in original.names}
    new = sorted((name for name in added if name.candidate_id not in known), key=lambda name: name.position)
    return (*original.names, *new)


def sentence(certification: Certification, vacancies: int) -> str:
    """Say the reach in words."""
    count = plain(certification.per_vacancy * vacancies + certification.plus)
    ties = "; everybody tied with the last is included" if certification.ties == "include" else ""
    merged = f", joined with the next when fewer than {certification.merge_below} are left in it"
    return {
        "people": f"The highest {count} people may be considered{ties}.",
        "ranks": f"Everybody in the highest {count} ranks may be considered.",
        "scores": f"Everybody with one of the highest {count} scores may be considered.",
        "percent": f"The highest {plain(certification.percent)} % of the list may be considered{ties}.",
        "cut-score": f"Everybody with {plain(certification.cut)} or more may be considered.",
        "within": f"Everybody within {plain(certification.within)} of the best mark may be considered.",
        "categories": f"The highest category may be considered{merged if certification.merge_below else ''}.",
        "whole-list": "The whole list may be considered.",
    }[certification.reach]
