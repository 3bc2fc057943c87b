"""Adverse impact of one selection, group by group, with the numbers, the tests and a sentence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.exams.merit.errors import InputError
from app.exams.merit.exact import fraction
from app.exams.merit.fairness.four_fifths import (
    Group,
    OneSelection,
    highest,
    named_once,
    needed,
    one_selection,
    reaches,
)
from app.exams.merit.fairness.significance import beyond, deviations, fisher, shortfall

# 29 CFR 1607.15(A)(2)(a): determinations are made for groups of at least two percent of the labour force.
LEAST_SHARE = Fraction(2, 100)
# Below this many people a group is small: one person decides its rate, and its numbers point at people.
SMALL = 5
# The level usual in law and statistics; 1.96 standard deviations correspond to it.
LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class AgainstReference:
    """One group beside the reference.

    `ratio` is of the two rates and `additional` how many more selections would reach four fifths. `fisher` is
    the two-sided probability of chance, `deviations` below 0 where the group was selected less.
    """

    reference: str
    ratio: Fraction
    below_four_fifths: bool
    additional: int
    fisher: float
    deviations: float | None
    beyond_two_deviations: bool
    one_selection: OneSelection | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One group at one selection.

    `shortfall` is in people, against the rate of all groups together. `finding` is one of "reference",
    "nobody-selected", "no-applicants", "not-assessed", "adverse-impact", "adverse-impact-small-numbers",
    "significant-difference" and "no-adverse-impact"; `against` is None for the first four.
    """

    group: str
    applicants: int
    selected: int
    rate: Fraction | None
    shortfall: Fraction
    is_small: bool
    against: AgainstReference | None
    finding: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Impact:
    """All groups at one selection, in the order given; `reference` is None when nobody was selected."""

    applicants: int
    selected: int
    reference: str | None
    comparisons: tuple[Comparison, ...]

    def of(self, group: str) -> Comparison:
        """Find one group by its name."""
        return next(row for row in self.comparisons if row.group == group)

    @property
    def adverse(self) -> tuple[str, ...]:
        """Name the groups below four fifths."""
        return tuple(row.group for row in self.comparisons if row.against and row.against.below_four_fifths)


def adverse_impact(
    groups: Iterable[Group],
    *,
    workforce_shares: Mapping[str, int | str | Fraction] | None = None,
    small: int = SMALL,
    level: float = LEVEL,
) -> Impact:
    """Compare the selection rate of each group with the highest one (29 CFR 1607.4(D), read 2026-11-22).

    The reference is taken from groups of at least `small` people, where there is one with a selection, so
    that one lucky person is not the measure of all. Groups below two percent of `workforce_shares` are
    neither assessed nor taken as the reference.
    """
    known = named_once(groups)
    shares = {name: fraction(share) for name, share in (workforce_shares or {}).items()}
    unknown = sorted(set(shares) - {group.name for group in known})
    if unknown:
        raise InputError("workforce shares", "there is no such group.", row=unknown[0])
    assessed = [group for group in known if shares.get(group.name, LEAST_SHARE) >= LEAST_SHARE]
    large = [group for group in assessed if group.applicants >= small and group.selected]
    measures = large or [group for group in assessed if group.selected]
    people = sum(group.applicants for group in known)
    chosen = sum(group.selected for group in known)
    overall = Fraction(chosen, people) if people else Fraction(0)
    reference = highest(measures)
    rows = []
    for group in known:
        against = None
        if reference is not None and group != reference and group.applicants and group in assessed:
            against = _against(group, reference, measures)
        finding = _finding(group, reference, group in assessed, against, level)
        rows.append(_row(group, overall, small, against, finding))
    return Impact(people, chosen, reference.name if reference else None, tuple(rows))


def _row(
    group: Group, overall: Fraction, small: int, against: AgainstReference | None, finding: str
) -> Comparison:
    return Comparison(
        group=group.name,
        applicants=group.applicants,
        selected=group.selected,
        rate=group.rate,
        shortfall=shortfall(group.applicants, group.selected, overall),
        is_small=group.applicants < small,
        against=against,
        finding=finding,
        sentence=_sentence(group, finding, against, small),
    )


def _against(group: Group, reference: Group, measures: list[Group]) -> AgainstReference:
    ratio = Fraction(group.selected * reference.applicants, reference.selected * group.applicants)
    others = [other for other in measures if other != group]
    return AgainstReference(
        reference=reference.name,
        ratio=ratio,
        below_four_fifths=not reaches(group, reference),
        additional=max(0, needed(group, reference) - group.selected),
        fisher=fisher(group, reference),
        deviations=deviations(group, reference),
        beyond_two_deviations=beyond(group, reference),
        one_selection=one_selection(group, reference, [group, *others]),
    )


def _finding(
    group: Group, reference: Group | None, is_assessed: bool, against: AgainstReference | None, level: float
) -> str:
    if not group.applicants:
        return "no-applicants"
    if not is_assessed:
        return "not-assessed"
    if reference is None:
        return "nobody-selected"
    if against is None:
        return "reference"
    significant = against.fisher < level and against.ratio < 1
    if against.below_four_fifths:
        return "adverse-impact" if significant else "adverse-impact-small-numbers"
    return "significant-difference" if significant else "no-adverse-impact"


def _sentence(group: Group, finding: str, against: AgainstReference | None, small: int) -> str:
    """Say the finding to a person who knows no statistics."""
    if against is None:
        return {
            "no-applicants": "Nobody of this group took part in this selection.",
            "not-assessed": "This group is below two percent of the workforce and is not assessed by itself.",
            "nobody-selected": "Nobody was selected, so there are no rates to compare.",
            "reference": "This group has the highest selection rate; the others are compared with it.",
        }[finding]
    head = (
        f"{group.selected} of {group.applicants} were selected, {_percent(against.ratio)} of the rate of "
        f"{against.reference}"
    )
    found = {
        "adverse-impact": "That is below four fifths, and hardly by chance",
        "adverse-impact-small-numbers": "That is below four fifths, but it may be chance",
        "significant-difference": "That is not below four fifths, yet it is hardly chance",
        "no-adverse-impact": "That is not below four fifths, and it may be chance",
    }[finding]
    often = _percent(Fraction(against.fisher)) if against.fisher >= 0.001 else "fewer than 0.1 %"
    text = f"{head}. {found}: chance alone gives such a difference, or a larger one, in {often} of cases."
    one = against.one_selection
    if one is not None and one.reverses:
        text += f" Had one selection gone from {one.taken_from} to this group, its rate would be higher."
    elif one is not None and one.changes:
        text += f" One selection given to {one.given_to} instead of {one.taken_from} would turn this around."
    if group.applicants < small:
        text += f" The group has fewer than {small} people; show its numbers to nobody who need not know."
    return text


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):.1f} %"
