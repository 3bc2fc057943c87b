"""What waits in disciplinary cases and investigations, with the days that the law or the office sets."""

from __future__ import annotations

from sqlalchemy import select

from app.home.waiting import Kind, One, add
from app.personnel.allegations import queries as allegations
from app.personnel.allegations.models import Allegation
from app.personnel.allegations.states import AllegationState
from app.personnel.deliveries.models import DecisionDelivery
from app.personnel.deliveries.rules import AFTER_DECISION
from app.personnel.discipline import visibility as cases
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.states import CaseState
from app.personnel.replies.models import MoreTime
from app.personnel.replies.states import MoreTimeState

CASE = One("personnel.discipline.show", "case_id", DisciplinaryCase.id, DisciplinaryCase.number)
LIST = "personnel.discipline.list_staff"
ALLEGATION = One("personnel.allegations.show", "allegation_id", Allegation.id, Allegation.number)

KINDS = (
    Kind(
        "Notices to deliver",
        "personnel.deliveries.record",
        LIST,
        DisciplinaryCase,
        DisciplinaryCase.state == CaseState.PROPOSED,
        DisciplinaryCase.agency_id,
        DisciplinaryCase.proposed_at,
        values={"state": "proposed"},
        one=CASE,
        visible=cases.visible_to,
        due=DisciplinaryCase.delivered_on,
    ),
    Kind(
        "Requests for more time to answer",
        "personnel.replies.decide_more_time",
        LIST,
        MoreTime,
        MoreTime.state == MoreTimeState.ASKED,
        DisciplinaryCase.agency_id,
        MoreTime.asked_at,
        joins=((DisciplinaryCase, DisciplinaryCase.id == MoreTime.case_id),),
        values={"state": "delivered"},
        one=CASE,
        visible=cases.visible_to,
        due=MoreTime.was_due_on,
    ),
    # The first day on which it may take effect is when the decision is best there, not a limit of the law.
    Kind(
        "Cases that you decide",
        "personnel.decisions.decide",
        LIST,
        DisciplinaryCase,
        DisciplinaryCase.state == CaseState.DELIVERED,
        DisciplinaryCase.agency_id,
        DisciplinaryCase.proposed_at,
        values={"state": "delivered"},
        one=CASE,
        visible=cases.visible_to,
        due=DisciplinaryCase.effective_from_on,
        own=DisciplinaryCase.deciding_official_id,
    ),
    Kind(
        "Decisions to carry out",
        "personnel.decisions.carry_out",
        LIST,
        DisciplinaryCase,
        (DisciplinaryCase.state == CaseState.DECIDED) & DisciplinaryCase.effective_on.is_not(None),
        DisciplinaryCase.agency_id,
        DisciplinaryCase.proposed_at,
        values={"state": "decided"},
        one=CASE,
        visible=cases.visible_to,
        due=DisciplinaryCase.effective_on,
    ),
    Kind(
        "Decisions to hand over",
        "personnel.deliveries.record_decision",
        LIST,
        DisciplinaryCase,
        DisciplinaryCase.state.in_(AFTER_DECISION)
        & DisciplinaryCase.effective_on.is_not(None)
        & DisciplinaryCase.id.not_in(select(DecisionDelivery.case_id)),
        DisciplinaryCase.agency_id,
        DisciplinaryCase.proposed_at,
        one=CASE,
        visible=cases.visible_to,
        due=DisciplinaryCase.effective_on,
    ),
    Kind(
        "Allegations without an investigator",
        "personnel.allegations.assign",
        "personnel.allegations.list_staff",
        Allegation,
        Allegation.state == AllegationState.RECEIVED,
        Allegation.agency_id,
        Allegation.recorded_at,
        values={"state": "received"},
        one=ALLEGATION,
        visible=allegations.visible_to,
        days=7,
    ),
    Kind(
        "Your investigations",
        "personnel.allegations.report",
        "personnel.allegations.list_staff",
        Allegation,
        Allegation.state == AllegationState.INVESTIGATED,
        Allegation.agency_id,
        Allegation.recorded_at,
        values={"state": "investigated"},
        one=ALLEGATION,
        visible=allegations.visible_to,
        due=Allegation.due_on,
        own=Allegation.investigator_id,
    ),
    Kind(
        "Findings on which nothing was said",
        "personnel.allegations.open_case",
        "personnel.allegations.list_staff",
        Allegation,
        Allegation.state == AllegationState.REPORTED,
        Allegation.agency_id,
        Allegation.reported_at,
        Allegation.investigator_id,
        values={"state": "reported"},
        one=ALLEGATION,
        visible=allegations.visible_to,
        days=14,
    ),
)
add(KINDS)
