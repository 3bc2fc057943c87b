"""Stage 12: replay of a list, what a correction changes, lost consideration and what is owed for it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.exams.merit.candidates import together
from app.exams.merit.certification import Certificate
from app.exams.merit.exact import Integers
from app.exams.merit.ranking import MeritList, rank
from app.exams.merit.responses import Texts


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


@dataclass(frozen=True)
class Movement:
    """Rank and score of everybody in two lists, by id: 0 is no rank, "" no such person."""

    ids: Texts
    rank_before: Integers
    rank_after: Integers
    score_before: Texts
    score_after: Texts

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def scores(self) -> int:
        """Count whose score differs."""
        return int((self.score_before != self.score_after).sum())

    @property
    def ranks(self) -> int:
        """Count whose rank differs, also where there was none before or is none now."""
        return int((self.rank_before != self.rank_after).sum())

    @property
    def now_pass(self) -> int:
        """Count who has a rank now and had none."""
        return int(((self.rank_before == 0) & (self.rank_after > 0)).sum())

    @property
    def now_fail(self) -> int:
        """Count who had a rank and has none now."""
        return int(((self.rank_before > 0) & (self.rank_after == 0)).sum())

    def moved(self) -> tuple[Moved, ...]:
        """List everybody whose rank or score differs."""
        changed = (self.rank_before != self.rank_after) | (self.score_before != self.score_after)
        columns = (self.ids, self.rank_before, self.rank_after, self.score_before, self.score_after)
        rows = zip(*(column[changed].tolist() for column in columns), strict=True)
        return tuple(
            Moved(candidate, old or None, new or None, shown_old or None, shown_new or None)
            for candidate, old, new, shown_old, shown_new in rows
        )


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


def movement(before: MeritList, after: MeritList) -> Movement:
    """Compare two lists, of the same people or of others, as columns."""
    lists = (before, after)
    ids, places = together([merit_list.candidates.ids for merit_list in lists])
    ranks: list[Integers] = []
    scores: list[Texts] = []
    for merit_list, rows in zip(lists, places, strict=True):
        rank_column = np.zeros(len(ids), dtype=np.int64)
        rank_column[rows[merit_list.order[: merit_list.passed_count]]] = merit_list.ranks
        ranks.append(rank_column)
        shown = np.array(merit_list.shown, dtype=np.str_)
        score_column = np.zeros(len(ids), dtype=shown.dtype)
        score_column[rows] = shown
        scores.append(score_column)
    return Movement(ids, ranks[0], ranks[1], scores[0], scores[1])


def differences(before: MeritList, after: MeritList) -> tuple[Moved, ...]:
    """List everybody whose rank or score a correction changes, by candidate id."""
    return movement(before, after).moved()


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
