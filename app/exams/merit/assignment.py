"""Stage 9 over several posts: people name posts in order of preference, each post fills its own blocks.

People propose, posts keep the best by their own plan and reject the others, who propose to their next post
(deferred acceptance, Gale and Shapley 1962, over the choice functions of Sönmez and Yenmez 2022; read
2026-11-22). Nobody can gain by naming posts in another order than the true one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.exams.merit.choice import Seeker
from app.exams.merit.errors import InputError
from app.exams.merit.plans import Plan
from app.exams.merit.seats import Allocation, allocate


@dataclass(frozen=True, slots=True)
class Post:
    """A post with the seats of each block, and the seats guaranteed inside where they do not follow from
    shares.
    """

    name: str
    numbers: Mapping[str, int]
    guarantees: Mapping[str, Mapping[str, int]] | None = None


@dataclass(frozen=True)
class Assignment:
    """The post of each person who has one, and the allocation inside each post."""

    post_of: Mapping[str, str]
    posts: Mapping[str, Allocation]


def assign(
    plan: Plan, posts: Sequence[Post], seekers: Sequence[Seeker], preferences: Mapping[str, Sequence[str]]
) -> Assignment:
    """Assign people in order of merit to the posts they named; somebody who names none gets none."""
    by_name = {post.name: post for post in posts}
    for candidate, named in preferences.items():
        for name in named:
            if name not in by_name:
                raise InputError("preferences", f"there is no post {name!r}.", row=candidate)
        if len(set(named)) != len(named):
            raise InputError("preferences", "a post is named twice.", row=candidate)
    next_choice = {seeker.candidate_id: 0 for seeker in seekers}
    held: dict[str, set[str]] = {name: set() for name in by_name}
    allocations = {name: allocate(plan, [], post.numbers, {}) for name, post in by_name.items()}
    waiting = {seeker.candidate_id for seeker in seekers}
    while proposals := _propose(waiting, next_choice, preferences):
        for name, newcomers in proposals.items():
            asking = held[name] | newcomers
            inside = [seeker for seeker in seekers if seeker.candidate_id in asking]
            post = by_name[name]
            allocations[name] = allocate(plan, inside, post.numbers, post.guarantees)
            held[name] = {seat.candidate_id for seat in allocations[name].seats}
            waiting = (waiting - newcomers) | (asking - held[name])
    post_of = {candidate: name for name, people in held.items() for candidate in people}
    return Assignment(post_of, allocations)


def _propose(
    waiting: set[str], next_choice: dict[str, int], preferences: Mapping[str, Sequence[str]]
) -> dict[str, set[str]]:
    """Let everybody without a seat ask the next post on their list; empty when nobody has one left."""
    proposals: dict[str, set[str]] = {}
    for candidate in waiting:
        named = preferences.get(candidate, ())
        if next_choice[candidate] < len(named):
            proposals.setdefault(named[next_choice[candidate]], set()).add(candidate)
            next_choice[candidate] += 1
    return proposals
