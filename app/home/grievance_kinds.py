"""The kinds of work that grievances make: answers owed, somebody to name, proposals, remedies."""

from __future__ import annotations

from app.home.waiting import Kind, One, add
from app.personnel.grievances.models import Grievance, GrievanceAgreement, GrievanceRemedy, GrievanceStep
from app.personnel.grievances.queries import visible_to
from app.personnel.grievances.states import AgreementState, GrievanceState, Side, StepState

LIST = "personnel.grievances.list_staff"
SHOW = "personnel.grievances.show"
ANSWER = "personnel.grievances.answer"
OPEN = (Grievance.state == GrievanceState.AT_STEP) & (GrievanceStep.state == StepState.OPEN)

GRIEVANCES = (
    Kind(
        "Grievances to answer",
        ANSWER,
        LIST,
        Grievance,
        OPEN,
        Grievance.agency_id,
        GrievanceStep.opened_at,
        joins=((GrievanceStep, GrievanceStep.grievance_id == Grievance.id),),
        one=One(SHOW, "grievance_id", Grievance.id, Grievance.number),
        visible=visible_to,
        due=GrievanceStep.due_on,
        own=GrievanceStep.decider_id,
    ),
    Kind(
        "Grievances that nobody is named to answer",
        "personnel.grievances.assign",
        LIST,
        Grievance,
        OPEN & GrievanceStep.decider_id.is_(None),
        Grievance.agency_id,
        GrievanceStep.opened_at,
        Grievance.about_id,
        joins=((GrievanceStep, GrievanceStep.grievance_id == Grievance.id),),
        one=One(SHOW, "grievance_id", Grievance.id, Grievance.number),
        visible=visible_to,
        due=GrievanceStep.due_on,
    ),
    Kind(
        "Proposals of grievants to answer",
        ANSWER,
        LIST,
        GrievanceAgreement,
        (GrievanceAgreement.state == AgreementState.PROPOSED)
        & (GrievanceAgreement.side == Side.GRIEVANT)
        & (GrievanceStep.level == Grievance.level),
        Grievance.agency_id,
        GrievanceAgreement.proposed_at,
        joins=(
            (Grievance, Grievance.id == GrievanceAgreement.grievance_id),
            (GrievanceStep, GrievanceStep.grievance_id == Grievance.id),
        ),
        one=One(SHOW, "grievance_id", Grievance.id, Grievance.number),
        visible=visible_to,
        days=5,
        own=GrievanceStep.decider_id,
    ),
    Kind(
        "Grievances to arrange a hearing for",
        "personnel.grievances.arrange_hearing",
        LIST,
        Grievance,
        Grievance.state == GrievanceState.OUTSIDE,
        Grievance.agency_id,
        Grievance.filed_at,
        Grievance.about_id,
        one=One(SHOW, "grievance_id", Grievance.id, Grievance.number),
        visible=visible_to,
        days=60,
    ),
    Kind(
        "Remedies of grievances to carry out",
        "personnel.grievances.finish_remedy",
        LIST,
        GrievanceRemedy,
        GrievanceRemedy.done_on.is_(None),
        Grievance.agency_id,
        GrievanceRemedy.promised_at,
        Grievance.about_id,
        joins=((Grievance, Grievance.id == GrievanceRemedy.grievance_id),),
        one=One(SHOW, "grievance_id", Grievance.id, Grievance.number),
        visible=visible_to,
        due=GrievanceRemedy.due_on,
    ),
)
add(GRIEVANCES)
