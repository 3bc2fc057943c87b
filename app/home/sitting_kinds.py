"""The kinds of work that sittings, panels, corrections, fees and offers make."""

from __future__ import annotations

from app.exams.accommodations.models import Accommodation
from app.exams.accommodations.states import RequestState
from app.exams.certificates.models import Certificate, CertificateEntry
from app.exams.corrections.models import CorrectionFlag
from app.exams.examinations.models import Examination
from app.exams.incidents.models import Incident
from app.exams.incidents.states import IncidentState
from app.exams.objection_fees.models import ObjectionFee
from app.exams.objection_fees.states import FeeState
from app.exams.objections.models import Objection
from app.exams.offers.models import Offer
from app.exams.offers.states import OfferState
from app.home.waiting import Kind, One, add

FEE_JOINS = (
    (Objection, Objection.id == ObjectionFee.objection_id),
    (Examination, Examination.id == Objection.examination_id),
)

SITTINGS = (
    Kind(
        "Arrangements for candidates to decide",
        "exams.accommodations.decide",
        "exams.examinations.list_staff",
        Accommodation,
        Accommodation.state == RequestState.REQUESTED,
        Examination.agency_id,
        Accommodation.requested_at,
        joins=((Examination, Examination.id == Accommodation.examination_id),),
        one=One("exams.accommodations.decide", "request_id", Accommodation.id, Examination.title),
        days=7,
    ),
    Kind(
        "Incidents to find a remedy for",
        "exams.incidents.propose",
        "exams.examinations.list_staff",
        Incident,
        Incident.state == IncidentState.REPORTED,
        Examination.agency_id,
        Incident.reported_at,
        joins=((Examination, Examination.id == Incident.examination_id),),
        one=One("exams.incidents.show", "incident_id", Incident.id, Examination.title),
        days=5,
    ),
    Kind(
        "Remedies for incidents to decide",
        "exams.incidents.decide",
        "exams.examinations.list_staff",
        Incident,
        Incident.state == IncidentState.PROPOSED,
        Examination.agency_id,
        Incident.proposed_at,
        Incident.proposed_by,
        joins=((Examination, Examination.id == Incident.examination_id),),
        one=One("exams.incidents.show", "incident_id", Incident.id, Examination.title),
        days=5,
    ),
    Kind(
        "Corrections that touch a certificate",
        "exams.corrections.decide",
        "exams.certificates.list_staff",
        CorrectionFlag,
        CorrectionFlag.decided_at.is_(None),
        Certificate.agency_id,
        CorrectionFlag.raised_at,
        joins=((Certificate, Certificate.id == CorrectionFlag.certificate_id),),
        one=One("exams.corrections.decide", "flag_id", CorrectionFlag.id, Certificate.number),
        days=10,
    ),
    Kind(
        "Fees of objections to waive or not",
        "exams.objection_fees.decide_waiver",
        "exams.examinations.list_staff",
        ObjectionFee,
        ObjectionFee.state == FeeState.WAIVER_ASKED,
        Examination.agency_id,
        ObjectionFee.asked_at,
        joins=FEE_JOINS,
        one=One(
            "exams.objection_fees.show", "objection_id", ObjectionFee.objection_id, ObjectionFee.slip_number
        ),
        days=5,
    ),
    Kind(
        "Fees of objections to give back",
        "exams.objection_fees.record_refund",
        "exams.examinations.list_staff",
        ObjectionFee,
        ObjectionFee.state == FeeState.REFUND_DUE,
        Examination.agency_id,
        ObjectionFee.asked_at,
        joins=FEE_JOINS,
        one=One(
            "exams.objection_fees.show", "objection_id", ObjectionFee.objection_id, ObjectionFee.slip_number
        ),
        days=30,
    ),
    Kind(
        "Offers without an answer",
        "exams.offers.create",
        "exams.certificates.list_staff",
        Offer,
        Offer.state == OfferState.MADE,
        Certificate.agency_id,
        Offer.made_at,
        joins=(
            (CertificateEntry, CertificateEntry.id == Offer.certificate_entry_id),
            (Certificate, Certificate.id == CertificateEntry.certificate_id),
        ),
        one=One("exams.certificates.show", "certificate_id", Certificate.id, Certificate.number),
        due=Offer.reply_by,
        bulk="remind",
    ),
)
add(SITTINGS)
