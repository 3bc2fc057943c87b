"""The kinds of work that panels and samples make: what waits for one rater, and sheets to read again."""

from __future__ import annotations

from sqlalchemy import exists

from app.exams.assignments.models import ScriptAssignment
from app.exams.assignments.states import AssignmentState
from app.exams.examinations.models import Candidate, Examination
from app.exams.interviews.models import InterviewSlot
from app.exams.panels.models import Panel, PanelMember
from app.exams.panels.states import PanelForm, PanelState
from app.exams.scripts.models import Script
from app.exams.scripts.states import ScriptState
from app.exams.spot_checks.models import SpotCheck, SpotCheckSheet
from app.exams.spot_checks.states import CheckState, SheetOutcome
from app.home.waiting import Kind, One, add

UNDECLARED = (
    PanelMember.declared_at.is_(None) & PanelMember.left_at.is_(None) & (Panel.state != PanelState.CLOSED)
)
INTERVIEWING = (Panel.form == PanelForm.INTERVIEW) & (Panel.state == PanelState.OPEN)
HAS_WAITING = exists().where(
    Script.panel_id == Panel.id,
    Script.state == ScriptState.OPEN,
    ~exists().where(InterviewSlot.script_id == Script.id).correlate(Script),
)
HAS_UNTOLD = exists().where(
    InterviewSlot.panel_id == Panel.id,
    InterviewSlot.script_id == Script.id,
    InterviewSlot.invited_at.is_(None),
    Script.state == ScriptState.OPEN,
)
OPEN_SAMPLE = SpotCheck.state == CheckState.OPEN
SHEET_JOINS = (
    (SpotCheck, SpotCheck.id == SpotCheckSheet.check_id),
    (Candidate, Candidate.id == SpotCheckSheet.candidate_id),
)

PANELS = (
    Kind(
        "Panels to declare relations for",
        "exams.marking.declare",
        "exams.marking.list_own",
        PanelMember,
        PanelMember.declared_at.is_(None)
        & PanelMember.left_at.is_(None)
        & (Panel.state != PanelState.CLOSED),
        Examination.agency_id,
        PanelMember.added_at,
        joins=(
            (Panel, Panel.id == PanelMember.panel_id),
            (Examination, Examination.id == Panel.examination_id),
        ),
        one=One("exams.marking.declare", "panel_id", Panel.id, Examination.title),
        days=3,
        own=PanelMember.account_id,
    ),
    # a script is named by its blind code: a rater learns no more from the queue than on the panel's page
    Kind(
        "Scripts to rate",
        "exams.marking.mark",
        "exams.marking.list_own",
        ScriptAssignment,
        (ScriptAssignment.state == AssignmentState.OPEN) & (Panel.state == PanelState.OPEN),
        Examination.agency_id,
        ScriptAssignment.assigned_at,
        joins=(
            (PanelMember, PanelMember.id == ScriptAssignment.member_id),
            (Script, Script.id == ScriptAssignment.script_id),
            (Panel, Panel.id == Script.panel_id),
            (Examination, Examination.id == Panel.examination_id),
        ),
        one=One("exams.marking.mark", "assignment_id", ScriptAssignment.id, Script.code),
        days=14,
        own=PanelMember.account_id,
    ),
    Kind(
        "Interviews with candidates who have no time",
        "exams.interviews.allot_times",
        "exams.examinations.list_staff",
        Panel,
        INTERVIEWING & HAS_WAITING,
        Examination.agency_id,
        Panel.opened_at,
        joins=((Examination, Examination.id == Panel.examination_id),),
        one=One("exams.interviews.list_staff", "panel_id", Panel.id, Examination.title),
        days=5,
    ),
    Kind(
        "Interviews with candidates to invite",
        "exams.interviews.invite",
        "exams.examinations.list_staff",
        Panel,
        INTERVIEWING & HAS_UNTOLD,
        Examination.agency_id,
        Panel.opened_at,
        joins=((Examination, Examination.id == Panel.examination_id),),
        one=One("exams.interviews.list_staff", "panel_id", Panel.id, Examination.title),
        days=5,
    ),
    Kind(
        "Sheets of a sample to read again",
        "exams.spot_checks.read",
        "exams.examinations.list_staff",
        SpotCheckSheet,
        (SpotCheckSheet.outcome == SheetOutcome.WAITING) & OPEN_SAMPLE,
        SpotCheck.agency_id,
        SpotCheck.drawn_at,
        joins=SHEET_JOINS,
        one=One("exams.spot_checks.read", "sheet_id", SpotCheckSheet.id, Candidate.number),
        days=5,
    ),
    Kind(
        "Differences of a sample to settle",
        "exams.spot_checks.settle",
        "exams.examinations.list_staff",
        SpotCheckSheet,
        (SpotCheckSheet.outcome == SheetOutcome.DIFFERENT) & OPEN_SAMPLE,
        SpotCheck.agency_id,
        SpotCheckSheet.read_at,
        SpotCheckSheet.read_by,
        joins=SHEET_JOINS,
        one=One("exams.spot_checks.settle", "sheet_id", SpotCheckSheet.id, Candidate.number),
        days=5,
    ),
)
add(PANELS)
