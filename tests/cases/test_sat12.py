"""What one item's key does to a real list of 600 people."""

from app.exams import merit
from tests.cases import sat12
from tests.unit.exams.merit.books import ITEMS, book

BOOK = merit.rulebook.load(book(ITEMS, '[order]\nnumbering = "competition"\n'))


def scores_and_ranks(
    key: merit.Key, responses: merit.Responses
) -> tuple[dict[str, object], dict[str, object]]:
    scores = merit.score(BOOK, key, responses)
    merit_list = merit.rank(BOOK, merit.Candidates.from_scores(scores), list_id="SAT12")
    marks = dict(zip(scores.candidate_ids.tolist(), scores.marks.fractions(), strict=True))
    return marks, {row.candidate_id: row.rank for row in merit_list.rows}


def moved(before: dict[str, object], after: dict[str, object]) -> int:
    return sum(before[person] != after[person] for person in before)


def test_changing_one_key_moves_594_of_600_ranks() -> None:
    key, responses = sat12.load()
    assert key.by_code["Item.32"].accepted == ("5",)
    before = scores_and_ranks(key, responses)
    after = scores_and_ranks(key.replacing(merit.Item("Item.32", ("3",))), responses)
    assert (moved(before[0], after[0]), moved(before[1], after[1])) == (363, 594)


def test_full_marks_to_all_move_583_ranks() -> None:
    key, responses = sat12.load()
    before = scores_and_ranks(key, responses)
    after = scores_and_ranks(key.replacing(merit.Item("Item.32", treatment="full-credit-all")), responses)
    assert moved(before[1], after[1]) == 583
