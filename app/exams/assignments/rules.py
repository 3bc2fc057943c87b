"""The draw: every rater gets as many scripts as any other, and every pair of raters meets as often."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Need:
    """A script that lacks raters: how many, who has rated it or rates it, and who must not."""

    script: str
    missing: int
    taken: tuple[str, ...] = ()
    barred: frozenset[str] = frozenset()


@dataclass(slots=True)
class Draw:
    """Gives raters to scripts; `loads` counts what each has already.

    What comes out follows from the seed and from what was given before, so that anybody can draw again.
    """

    seed: str
    loads: Counter[str] = field(default_factory=Counter)
    pairs: Counter[frozenset[str]] = field(default_factory=Counter)

    def meet(self, groups: Mapping[str, Collection[str]]) -> None:
        """Take note of who already rates the same scripts."""
        for raters in groups.values():
            for rater in raters:
                self._note_pairs(rater, [other for other in raters if other > rater])

    def give(self, needs: Sequence[Need], raters: Collection[str]) -> dict[str, list[str]]:
        """Give raters to the scripts, as far as there are any who may; a script without stays out."""
        given: dict[str, list[str]] = {}
        for need in sorted(needs, key=lambda need: self.lot(need.script)):
            taken = list(need.taken)
            for _ in range(need.missing):
                allowed = [rater for rater in raters if rater not in need.barred and rater not in taken]
                if not allowed:
                    break
                chosen = self._choose(allowed, need.script, taken)
                self.loads[chosen] += 1
                self._note_pairs(chosen, taken)
                taken.append(chosen)
                given.setdefault(need.script, []).append(chosen)
        return given

    def lot(self, *parts: str) -> str:
        """Give the lot of a script, or of a rater for a script."""
        return hashlib.sha256("|".join((self.seed, *parts)).encode()).hexdigest()

    def _choose(self, allowed: Sequence[str], script: str, taken: Sequence[str]) -> str:
        """Choose whoever has least to do, then whoever met the others least, then by lot."""
        ranks = {
            rater: (self.loads[rater], sum(self.pairs[frozenset((rater, other))] for other in taken))
            for rater in allowed
        }
        least = min(ranks.values())
        return min(
            (rater for rater, rank in ranks.items() if rank == least),
            key=lambda rater: self.lot(rater, script),
        )

    def _note_pairs(self, rater: str, others: Collection[str]) -> None:
        self.pairs.update(frozenset((rater, other)) for other in others)
