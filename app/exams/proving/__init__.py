"""The second, independent computation of a merit list, in a database engine, on whole numbers only.

It shares with the merit core what a rulebook and a key say, and nothing of how a list is computed: other
data structures, other arithmetic, another language. A list that both give alike is worth publishing. Ibis
and DuckDB are loaded when `prove` is called, and not before.

    prove(rulebook, sheets, key, claims, facts, seed, list_id=..., attributes=..., marks=...) -> Proof
        .digest .rows .first_difference(merit_list)
    Sheets.from_rows(ids, codes, rows), Sheets.from_responses(responses)
    demand_agreement(stored, key, merit_list) -> Second     before a list is published
    NotProvable             the rulebook says something that this computation does not know
"""

from app.exams.proving.inputs import NotProvable, Sheets
from app.exams.proving.proof import Proof, ProofRow, prove
from app.exams.proving.rules import Second, demand_agreement

__all__ = ["NotProvable", "Proof", "ProofRow", "Second", "Sheets", "demand_agreement", "prove"]
