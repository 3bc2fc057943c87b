"""Stage 12: replay of a list, what a correction changes, lost consideration and what is owed for it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.exams.merit.certification import Certificate
from app.exams.merit.ranking import MeritList, rank


@dataclass(frozen=True, slots=True)
class Moved:
    """One person whose rank or score differs between two lists; None where there is no rank or no such
    person.
    """

    candidate_id: str
    rank_before: int | None
    rank_after: int | None
    score_before: str | None
    score_after: str | None


@dataclass(frozen=True, slots=True)
class Replay:
    """Whether a list computed again has the digest that was stored."""

    stored: str
    computed: str

    @property
    def equal(self) -> bool:
        """Tell whether both digests agree."""
        return self.stored == self.computed


@dataclass(frozen=True, slots=True)
class ReachDifference:
    """Who comes within reach and who falls out of it by a correction."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consideration:
    """The four questions of a lost-consideration audit, for one affected person."""

    selected_from_erroneous_certificate: bool
    affected_within_reach: bool
    selectee_out_of_reach: bool
    affected_qualified: bool

    @property
    def lost(self) -> bool:
        """Tell whether consideration was lost: all four must hold."""
        return (
            self.selected_from_erroneous_certificate
            and self.affected_within_reach
            and self.selectee_out_of_reach
            and self.affected_qualified
        )


def replay(merit_list: MeritList, stored_digest: str) -> Replay:
    """Compute a list again from its own inputs and compare digests."""
    again = rank(
        merit_list.rulebook,
        merit_list.candidates,
        list_id=merit_list.list_id,
        seed=merit_list.seed,
        facts=merit_list.facts,
    )
    return Replay(stored_digest, again.digest)


def differences(before: MeritList, after: MeritList) -> tuple[Moved, ...]:
    """List everybody whose rank or score a correction changes, by candidate id."""
    moved = []
    for candidate in sorted(set(before.positions) | set(after.positions)):
        old = before.row(candidate) if candidate in before.positions else None
        new = after.row(candidate) if candidate in after.positions else None
        line = Moved(
            candidate,
            old.rank if old else None,
            new.rank if new else None,
            old.score if old else None,
            new.score if new else None,
        )
        if (line.rank_before, line.score_before) != (line.rank_after, line.score_after):
            moved.append(line)
    return tuple(moved)


def reach_difference(before: Certificate, after: Certificate) -> ReachDifference:
    """Compare who could be considered before and after a correction, in list order."""
    old = {name.candidate_id for name in before.names}
    new = {name.candidate_id for name in after.names}
    return ReachDifference(
        tuple(name.candidate_id for name in after.names if name.candidate_id not in old),
        tuple(name.candidate_id for name in before.names if name.candidate_id not in new),
    )


def lost_consideration(
    erroneous: Certificate, correct: Certificate, selected: Collection[str], qualified: Mapping[str, bool]
) -> tuple[str, ...]:
    """List the people who lost consideration, in the order of the correct certificate.

    `selected` are those chosen from the erroneous certificate; `qualified` says who of the affected is.
    """
    reach = {name.candidate_id for name in correct.names}
    shown = {name.candidate_id for name in erroneous.names}
    out_of_reach = any(person not in reach for person in selected)
    return tuple(
        name.candidate_id
        for name in correct.names
        if name.candidate_id not in shown
        and Consideration(bool(selected), True, out_of_reach, qualified.get(name.candidate_id, False)).lost
    )


def considerations_owed(lost: int, certificates_used: Sequence[bool]) -> int:
    """Give how many priority considerations are still owed; a certificate not used consumes none."""
    return max(0, lost - sum(certificates_used))
