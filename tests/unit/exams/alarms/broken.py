"""Examinations made from a seed, and the ways in which each class of fault breaks them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from app.exams.alarms.material import Material

OPTIONS = ("A", "B", "C", "D")
GUESS = 0.25


@dataclass(frozen=True)
class Plan:
    """How an examination is made: people by rooms, items, and how the parts go together."""

    people: int = 600
    items: int = 60
    rooms: int = 10
    correlation: float = 0.65
    centre_spread: float = 0.0
    series: int = 1


def make(seed: int, plan: Plan | None = None, **changes: Any) -> Material:
    """Make a clean examination: three-parameter answers, another part, rooms of equal size in a row."""
    plan = replace(plan or Plan(), **changes)
    dice = np.random.default_rng(seed)
    room = np.arange(plan.people) * plan.rooms // plan.people
    centre = room // 2
    ability = dice.normal(size=plan.people) + plan.centre_spread * dice.normal(size=plan.rooms)[centre]
    difficulty, steepness = dice.normal(-0.3, 1, plan.items), dice.uniform(0.7, 1.7, plan.items)
    chance = GUESS + (1 - GUESS) / (1 + np.exp(-steepness * (ability[:, None] - difficulty)))
    key = dice.integers(2, 6, plan.items)
    pull = dice.dirichlet([2.0, 1.2, 0.8], plan.items)
    wrong = _wrong(dice, key, pull, plan)
    matrix = np.where(dice.random(chance.shape) < chance, key, wrong).astype(np.uint8)
    matrix[dice.random(matrix.shape) < 0.02] = 0
    noise = dice.normal(size=plan.people)
    part = plan.correlation * ability + np.sqrt(1 - plan.correlation**2) * noise
    turns = {
        name: np.arange(plan.items) if name == "A" else dice.permutation(plan.items)
        for name in "ABCD"[: plan.series]
    }
    names = np.array(list(turns))[np.arange(plan.people) % plan.series]
    right = np.zeros((plan.items, len(OPTIONS) + 2), dtype=bool)
    right[np.arange(plan.items), key] = True
    return Material(
        numbers=np.array([f"C{place:05d}" for place in range(plan.people)]),
        codes=tuple(str(item) for item in range(1, plan.items + 1)),
        options=OPTIONS,
        matrix=matrix,
        right=right,
        key=tuple((OPTIONS[code - 2],) for code in key),
        parts={"practical": np.round(60 + 12 * part, 1)},
        groups=np.array([f"Room {number + 1:02d}" for number in room]),
        centres=np.array([f"Centre {number + 1}" for number in centre]),
        series=names if plan.series > 1 else np.full(plan.people, ""),
        turns=turns if plan.series > 1 else {},
    )


def _wrong(dice: np.random.Generator, key: np.ndarray, pull: np.ndarray, plan: Plan) -> np.ndarray:
    """Draw a wrong answer for each person and item, some of them more attractive than others."""
    drawn = (dice.random((plan.people, plan.items, 1)) > pull.cumsum(axis=1)[None]).sum(axis=2)
    others = np.array([[code for code in range(2, 6) if code != right] for right in key])
    return others[np.arange(plan.items), np.minimum(drawn, 2)]


def rekeyed(material: Material, key: np.ndarray) -> Material:
    """Give the examination another key."""
    right = np.zeros_like(material.right)
    right[np.arange(len(key)), key] = True
    return replace(material, right=right, key=tuple((OPTIONS[code - 2],) for code in key))


def keyed(material: Material) -> np.ndarray:
    """Give the key as codes."""
    return np.array([OPTIONS.index(answers[0]) + 2 for answers in material.key])


def ranked(material: Material, rows: np.ndarray) -> Material:
    """Enter the places of some people as their marks of the other part."""
    marks = material.parts["practical"].copy()
    places = np.empty(len(rows))
    places[np.argsort(-marks[rows], kind="stable")] = np.arange(1, len(rows) + 1)
    marks[rows] = places
    return replace(material, parts={"practical": marks})


def slipped_sheet(material: Material, person: int, item: int) -> Material:
    """Mark a sheet one line too low from an item on."""
    matrix = material.matrix.copy()
    matrix[person, item + 1 :] = material.matrix[person, item:-1]
    matrix[person, item] = 0
    return replace(material, matrix=matrix)


def slid_rows(material: Material, start: int, end: int) -> Material:
    """Let the sheets of a stretch of people slide to the next one."""
    matrix = material.matrix.copy()
    matrix[start + 1 : end] = material.matrix[start : end - 1]
    matrix[start] = material.matrix[end - 1]
    return replace(material, matrix=matrix)


def exchanged(material: Material, one: int, two: int) -> Material:
    """Give the sheets of two rooms to each other's people, in order."""
    rooms = sorted(set(material.groups.tolist()))
    mine, theirs = (np.flatnonzero(material.groups == rooms[room]) for room in (one, two))
    matrix = material.matrix.copy()
    matrix[mine], matrix[theirs] = material.matrix[theirs], material.matrix[mine]
    return replace(material, matrix=matrix)


def other_series(material: Material, people: np.ndarray) -> Material:
    """Mark people's sheets with the next series than the one they had, and turn their answers by it."""
    names = list(material.turns)
    matrix, series = material.matrix.copy(), material.series.copy()
    for person in people.tolist():
        had = str(series[person])
        said = names[(names.index(had) + 1) % len(names)]
        printed = material.matrix[person, material.turns[had]]
        matrix[person, material.turns[said]] = printed
        series[person] = said
    return replace(material, matrix=matrix, series=series)


def helped(material: Material, room: int, share: float, seed: int) -> Material:
    """Let a room be told a share of the answers."""
    dice = np.random.default_rng(seed)
    rows = np.flatnonzero(material.groups == sorted(set(material.groups.tolist()))[room])
    matrix = material.matrix.copy()
    told = dice.random((len(rows), matrix.shape[1])) < share
    matrix[rows] = np.where(told, keyed(material), matrix[rows])
    return replace(material, matrix=matrix)


def copied(material: Material, source: int, target: int, share: float, seed: int) -> Material:
    """Let somebody copy a share of a neighbour's answers."""
    dice = np.random.default_rng(seed)
    matrix = material.matrix.copy()
    taken = dice.random(matrix.shape[1]) < share
    matrix[target, taken] = matrix[source, taken]
    return replace(material, matrix=matrix)
