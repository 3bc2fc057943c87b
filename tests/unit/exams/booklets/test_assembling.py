"""Papers by blueprint and series by seed: the same each time, and clear words where the bank lacks items."""

from __future__ import annotations

import pytest

from app.exams.booklets import rules
from app.exams.booklets.rules import Wish
from app.exams.item_bank.states import Difficulty
from app.platform.errors import Invalid

EASY, HARD = Difficulty.EASY, Difficulty.HARD
BANK = {
    ("Arithmetic", EASY): [(f"ARE{place}", f"are{place}") for place in range(6)],
    ("Arithmetic", HARD): [(f"ARH{place}", f"arh{place}") for place in range(3)],
    ("Law", EASY): [(f"LAE{place}", f"lae{place}") for place in range(4)],
}
WISHES = [Wish("Law", EASY, 2), Wish("Arithmetic", EASY, 3), Wish("Arithmetic", HARD, 2)]


def test_the_same_seed_and_bank_give_the_same_paper():
    paper = rules.assemble(WISHES, BANK, {}, "seed")
    assert paper == rules.assemble(WISHES, BANK, {}, "seed")
    assert paper != rules.assemble(WISHES, BANK, {}, "another")
    assert [own[:2] for own in paper[:2]] == ["la", "la"]
    assert sorted(own[:3] for own in paper[2:]) == ["are", "are", "are", "arh", "arh"]
    assert len(set(paper)) == 7


def test_an_item_that_is_added_or_retired_moves_no_other_lot():
    fewer = BANK | {("Arithmetic", EASY): BANK[("Arithmetic", EASY)][1:]}
    before, after = rules.assemble(WISHES, BANK, {}, "seed"), rules.assemble(WISHES, fewer, {}, "seed")
    assert {own for own in before if own != "are0"} <= set(after) | {"are0"}


def test_every_cell_that_cannot_be_filled_is_told():
    wishes = [Wish("Arithmetic", HARD, 4), Wish("Music", EASY, 1), Wish("Law", EASY, 4)]
    with pytest.raises(Invalid) as caught:
        rules.assemble(wishes, BANK, {("Arithmetic", HARD): 2}, "seed")
    assert caught.value.fields[""] == (
        "The bank cannot fill this blueprint. Arithmetic, hard: 4 are wanted, 3 can be used, 2 more were "
        "used lately. Music, easy: 1 are wanted, 0 can be used."
    )


@pytest.mark.parametrize("count", [0, rules.MOST_ITEMS + 1])
def test_a_blueprint_asks_for_some_items_and_not_too_many(count):
    with pytest.raises(Invalid, match="at least one item"):
        rules.check_wishes([Wish("Law", EASY, count)])


def test_series_hold_the_same_items_in_other_orders_and_a_is_the_papers_own():
    series = {name: rules.shuffle("seed", name, 60) for name in rules.SERIES}
    assert series["A"] == list(range(1, 61))
    assert {name: sorted(order) for name, order in series.items()} == dict.fromkeys(rules.SERIES, series["A"])
    assert len({tuple(order) for order in series.values()}) == 4
    assert series["B"] == rules.shuffle("seed", "B", 60)
