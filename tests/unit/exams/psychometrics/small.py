"""A test of three items and four people, small enough to be worked on paper.

person  item 1  item 2  item 3  total
p1      A       A       A       3
p2      A       A       B       2
p3      A       B       B       1
p4      B       (blank) A       1
"""

from app.exams import merit
from app.exams.merit.psychometrics import sheets

KEY = merit.Key(1, tuple(merit.Item(code, ("A",)) for code in ("1", "2", "3")))
ROWS = [["A", "A", "A"], ["A", "A", "B"], ["A", "B", "B"], ["B", None, "A"]]
RESPONSES = merit.Responses.from_rows(["p1", "p2", "p3", "p4"], ["1", "2", "3"], ROWS)


def answered() -> sheets.Sheets:
    return sheets.of_key(KEY, RESPONSES)
