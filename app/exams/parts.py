"""What the package of examinations consists of: the pages of its nouns, and what joins in when imported."""

from __future__ import annotations

from flask import Blueprint

from app.exams import belongings as _exams_belongings  # noqa: F401
from app.exams.accommodations import routes as accommodations
from app.exams.accommodations import staff_routes as _accommodation_pages  # noqa: F401
from app.exams.admit_cards import facts as _admit_facts  # noqa: F401
from app.exams.admit_cards import routes as admit_cards
from app.exams.admit_cards import staff_routes as _admit_pages  # noqa: F401
from app.exams.admit_cards import tasks as _admit_tasks  # noqa: F401
from app.exams.agreement import staff_routes as agreement
from app.exams.alarms import gates as _alarm_gates  # noqa: F401
from app.exams.alarms import models as _alarm_models  # noqa: F401
from app.exams.alarms import staff_routes as alarms
from app.exams.alarms import tasks as _alarm_tasks  # noqa: F401
from app.exams.appeals import facts as _appeal_facts  # noqa: F401
from app.exams.appeals import routes as appeals
from app.exams.appeals import staff_routes as _appeal_pages  # noqa: F401
from app.exams.appeals import table as _appeal_table  # noqa: F401
from app.exams.attendance import candidate_routes as _attendance_pages  # noqa: F401
from app.exams.attendance import import_routes as _attendance_imports  # noqa: F401
from app.exams.attendance import staff_routes as attendance
from app.exams.booklets import print_routes as _booklet_prints  # noqa: F401
from app.exams.booklets import staff_routes as booklets
from app.exams.booklets import tasks as _booklet_tasks  # noqa: F401
from app.exams.centres import import_routes as _centre_imports  # noqa: F401
from app.exams.centres import staff_routes as centres
from app.exams.certificates import staff_routes as certificates
from app.exams.certificates import table as _certificate_table  # noqa: F401
from app.exams.certificates import tasks as _certificate_tasks  # noqa: F401
from app.exams.challenges import gates as _challenge_gates  # noqa: F401
from app.exams.challenges import staff_routes as challenges
from app.exams.challenges import tasks as _challenge_tasks  # noqa: F401
from app.exams.completeness import gates as _completeness_gates  # noqa: F401
from app.exams.completeness import staff_routes as completeness
from app.exams.considerations import staff_routes as considerations
from app.exams.considerations import table as _consideration_table  # noqa: F401
from app.exams.corrections import marks as _correction_marks  # noqa: F401
from app.exams.corrections import staff_routes as corrections
from app.exams.exam_days import routes as exam_days
from app.exams.examinations import exam_table as _examination_table  # noqa: F401
from app.exams.examinations import staff_routes as examinations
from app.exams.examinations import table as _candidate_table  # noqa: F401
from app.exams.extensions import staff_routes as extensions
from app.exams.impact import routes as impact
from app.exams.impact import staff_routes as _impact_pages  # noqa: F401
from app.exams.incidents import facts as _incident_facts  # noqa: F401
from app.exams.incidents import staff_routes as incidents
from app.exams.interviews import facts as _interview_facts  # noqa: F401
from app.exams.interviews import routes as interviews
from app.exams.interviews import staff_routes as _interview_pages  # noqa: F401
from app.exams.item_analysis import staff_routes as item_analysis
from app.exams.item_analysis import tasks as _analysis_tasks  # noqa: F401
from app.exams.item_bank import file_routes as _item_file_pages  # noqa: F401
from app.exams.item_bank import staff_routes as item_bank
from app.exams.item_bank import tasks as _item_tasks  # noqa: F401
from app.exams.joint_certificates import staff_routes as joint_certificates
from app.exams.keys import staff_routes as keys
from app.exams.list_files import staff_routes as list_files
from app.exams.list_notes import staff_routes as list_notes
from app.exams.mark_corrections import staff_routes as mark_corrections
from app.exams.marking import gates as _panel_gates  # noqa: F401 (exams.marking)
from app.exams.marking import staff_routes as marking
from app.exams.merit_lists import decision_routes as _list_decisions  # noqa: F401
from app.exams.merit_lists import download_routes as _list_downloads  # noqa: F401
from app.exams.merit_lists import lists_table as _lists_table  # noqa: F401
from app.exams.merit_lists import routes as merit_lists
from app.exams.merit_lists import staff_routes as _list_pages  # noqa: F401
from app.exams.merit_lists import table as _list_table  # noqa: F401
from app.exams.name_requests import staff_routes as name_requests
from app.exams.name_requests import table as _name_request_table  # noqa: F401
from app.exams.objection_fees import staff_routes as objection_fees
from app.exams.objections import facts as _objection_facts  # noqa: F401
from app.exams.objections import routes as objections
from app.exams.objections import staff_routes as _objection_pages  # noqa: F401
from app.exams.offers import facts as _offer_facts  # noqa: F401
from app.exams.offers import routes as offers
from app.exams.offers import staff_routes as _offer_pages  # noqa: F401
from app.exams.offers import tasks as _offer_tasks  # noqa: F401
from app.exams.panels import routes as panels
from app.exams.panels import staff_routes as _rating_pages  # noqa: F401
from app.exams.photographs import routes as photographs
from app.exams.plans import gates as _plan_gates  # noqa: F401
from app.exams.plans import marks_routes as _mark_pages  # noqa: F401
from app.exams.plans import staff_routes as plans
from app.exams.preferred_lists import staff_routes as preferred_lists
from app.exams.preferred_lists import tasks as _preferred_tasks  # noqa: F401
from app.exams.publications import staff_routes as publications
from app.exams.publications import tasks as _publication_tasks  # noqa: F401
from app.exams.readings import gates as _reading_gates  # noqa: F401
from app.exams.readings import staff_routes as readings
from app.exams.recusals import staff_routes as recusals
from app.exams.reserves import facts as _reserve_facts  # noqa: F401
from app.exams.reserves import routes as reserves
from app.exams.reserves import staff_routes as _reserve_pages  # noqa: F401
from app.exams.reserves import tasks as _reserve_tasks  # noqa: F401
from app.exams.responses import staff_routes as responses
from app.exams.responses import tasks as _response_tasks  # noqa: F401
from app.exams.results import facts as _result_facts  # noqa: F401
from app.exams.results import routes as results
from app.exams.rulebook_versions import staff_routes as rulebook_versions
from app.exams.sandboxes import staff_routes as sandboxes
from app.exams.scripts import staff_routes as scripts
from app.exams.seating import facts as _seating_facts  # noqa: F401
from app.exams.seating import gates as _seating_gates  # noqa: F401
from app.exams.seating import routes as seating
from app.exams.seating import staff_routes as _seating_pages  # noqa: F401
from app.exams.selection_audits import staff_routes as audit_pages
from app.exams.selections import staff_routes as selections
from app.exams.sessions import staff_routes as sessions
from app.exams.spot_checks import gates as _sample_gates  # noqa: F401
from app.exams.spot_checks import staff_routes as spot_checks
from app.exams.what_ifs import staff_routes as what_ifs

BLUEPRINTS: tuple[Blueprint, ...] = (
    accommodations.bp,
    admit_cards.bp,
    agreement.bp,
    alarms.bp,
    appeals.bp,
    attendance.bp,
    audit_pages.bp,
    booklets.bp,
    centres.bp,
    certificates.bp,
    challenges.bp,
    completeness.bp,
    considerations.bp,
    corrections.bp,
    exam_days.bp,
    examinations.bp,
    extensions.bp,
    impact.bp,
    incidents.bp,
    interviews.bp,
    item_analysis.bp,
    item_bank.bp,
    joint_certificates.bp,
    keys.bp,
    list_files.bp,
    list_notes.bp,
    mark_corrections.bp,
    marking.bp,
    merit_lists.bp,
    name_requests.bp,
    objection_fees.bp,
    objections.bp,
    offers.bp,
    panels.bp,
    photographs.bp,
    plans.bp,
    preferred_lists.bp,
    publications.bp,
    readings.bp,
    recusals.bp,
    reserves.bp,
    responses.bp,
    results.bp,
    rulebook_versions.bp,
    sandboxes.bp,
    scripts.bp,
    seating.bp,
    selections.bp,
    sessions.bp,
    spot_checks.bp,
    what_ifs.bp,
)
