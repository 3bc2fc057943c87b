"""The composition root: configuration, database, packages, error pages."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from flask import Blueprint, Flask, current_app, request
from flask import session as cookie
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from app.accounts import belongings as _account_belongings  # noqa: F401 (how rows go when accounts are joined)
from app.accounts import queries as account_queries
from app.accounts import routes as accounts
from app.accounts import staff_routes as _account_pages  # noqa: F401 (pages of one blueprint in several files)
from app.accounts import tasks as _account_tasks  # noqa: F401
from app.accounts.addresses import routes as _address_pages  # noqa: F401
from app.accounts.addresses import tasks as _address_tasks  # noqa: F401
from app.accounts.agencies import staff_routes as _agency_pages  # noqa: F401
from app.accounts.holidays import staff_routes as _holiday_pages  # noqa: F401
from app.accounts.identities import routes as _identity_pages  # noqa: F401
from app.accounts.languages import routes as _language_pages  # noqa: F401
from app.accounts.mailbox import routes as _mailbox_pages  # noqa: F401
from app.accounts.merges import routes as _merge_answers  # noqa: F401
from app.accounts.merges import staff_routes as _merge_pages  # noqa: F401
from app.accounts.merges import tasks as _merge_tasks  # noqa: F401
from app.accounts.passkeys import routes as _passkey_pages  # noqa: F401
from app.accounts.preferences import routes as _preference_pages  # noqa: F401
from app.accounts.registrations import routes as _registration_pages  # noqa: F401
from app.accounts.registrations import tasks as _registration_tasks  # noqa: F401
from app.accounts.resets import routes as _reset_pages  # noqa: F401
from app.accounts.roles import is_staff
from app.accounts.second_factor import routes as _second_factor_pages  # noqa: F401
from app.accounts.services import digest_token
from app.accounts.sessions import routes as _session_pages  # noqa: F401
from app.accounts.sessions.rules import SEEN_EVERY
from app.accounts.sessions.services import note_seen
from app.accounts.throttle import allow
from app.compliance import belongings as _compliance_belongings  # noqa: F401
from app.compliance.deletions import routes as deletions
from app.compliance.deletions import staff_routes as _deletion_pages  # noqa: F401
from app.compliance.deletions import tasks as _deletion_tasks  # noqa: F401
from app.compliance.ledger import staff_routes as ledger
from app.compliance.personal_data import routes as personal_data
from app.compliance.personal_data import tasks as _personal_data_tasks  # noqa: F401
from app.compliance.reports import staff_routes as reports
from app.compliance.retention import schedule as retention_schedule
from app.compliance.retention import staff_routes as retention
from app.compliance.retention import tasks as _retention_tasks  # noqa: F401
from app.demonstration import accounts as demonstration
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
from app.exams.attendance import candidate_routes as _attendance_pages  # noqa: F401
from app.exams.attendance import import_routes as _attendance_imports  # noqa: F401
from app.exams.attendance import staff_routes as attendance
from app.exams.booklets import staff_routes as booklets
from app.exams.centres import import_routes as _centre_imports  # noqa: F401
from app.exams.centres import staff_routes as centres
from app.exams.certificates import staff_routes as certificates
from app.exams.certificates import table as _certificate_table  # noqa: F401
from app.exams.certificates import tasks as _certificate_tasks  # noqa: F401
from app.exams.challenges import gates as _challenge_gates  # noqa: F401
from app.exams.challenges import staff_routes as challenges
from app.exams.completeness import gates as _completeness_gates  # noqa: F401
from app.exams.completeness import staff_routes as completeness
from app.exams.considerations import staff_routes as considerations
from app.exams.corrections import staff_routes as corrections
from app.exams.exam_days import routes as exam_days
from app.exams.examinations import staff_routes as examinations
from app.exams.examinations import table as _candidate_table  # noqa: F401
from app.exams.extensions import staff_routes as extensions
from app.exams.impact import routes as impact
from app.exams.impact import settings as impact_settings
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
from app.exams.keys import staff_routes as keys
from app.exams.list_files import staff_routes as list_files
from app.exams.list_notes import staff_routes as list_notes
from app.exams.mark_corrections import staff_routes as mark_corrections
from app.exams.marking import gates as _panel_gates  # noqa: F401 (exams.marking)
from app.exams.marking import staff_routes as marking
from app.exams.merit_lists import decision_routes as _list_decisions  # noqa: F401
from app.exams.merit_lists import download_routes as _list_downloads  # noqa: F401
from app.exams.merit_lists import routes as merit_lists
from app.exams.merit_lists import staff_routes as _list_pages  # noqa: F401
from app.exams.merit_lists import table as _list_table  # noqa: F401
from app.exams.name_requests import staff_routes as name_requests
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
from app.exams.plans import announcing
from app.exams.plans import gates as _plan_gates  # noqa: F401
from app.exams.plans import marks_routes as _mark_pages  # noqa: F401
from app.exams.plans import staff_routes as plans
from app.exams.publications import holding
from app.exams.publications import staff_routes as publications
from app.exams.publications import tasks as _publication_tasks  # noqa: F401
from app.exams.readings import gates as _reading_gates  # noqa: F401
from app.exams.readings import staff_routes as readings
from app.exams.recusals import staff_routes as recusals
from app.exams.responses import staff_routes as responses
from app.exams.responses import tasks as _response_tasks  # noqa: F401
from app.exams.results import facts as _result_facts  # noqa: F401
from app.exams.results import routes as results
from app.exams.rulebook_versions import staff_routes as rulebook_versions
from app.exams.sandboxes import staff_routes as sandboxes
from app.exams.scripts import staff_routes as scripts
from app.exams.seating import facts as _seating_facts  # noqa: F401
from app.exams.seating import routes as seating
from app.exams.seating import staff_routes as _seating_pages  # noqa: F401
from app.exams.selection_audits import services as selection_audits
from app.exams.selection_audits import staff_routes as audit_pages
from app.exams.selections import staff_routes as selections
from app.exams.sessions import staff_routes as sessions
from app.exams.spot_checks import gates as _sample_gates  # noqa: F401
from app.exams.spot_checks import staff_routes as spot_checks
from app.exams.what_ifs import staff_routes as what_ifs
from app.home import queue_routes as _queue_pages  # noqa: F401
from app.home import routes as home
from app.home import table_routes as _table_pages  # noqa: F401
from app.notices import belongings as _notices_belongings  # noqa: F401
from app.notices import routes as notices
from app.notices import table as _notice_table  # noqa: F401
from app.notices import tasks as _notice_tasks  # noqa: F401 (a task is known once its module is imported)
from app.personnel import belongings as _personnel_belongings  # noqa: F401
from app.personnel.appointments import staff_routes as appointments
from app.personnel.appointments.services import add_bar
from app.personnel.discipline import staff_routes as discipline
from app.personnel.employees import staff_routes as employees
from app.personnel.employees import table as _employee_table  # noqa: F401
from app.personnel.positions import staff_routes as positions
from app.personnel.positions import table as _position_table  # noqa: F401
from app.personnel.positions.services import add_hold
from app.personnel.probations import staff_routes as probations
from app.personnel.probations import tasks as _probation_tasks  # noqa: F401
from app.platform import antivirus, clock, db, links, logs, mail, progress, sealing, storage
from app.platform.actors import ANONYMOUS, Actor
from app.platform.config import Config, from_environ
from app.platform.db import reading, transaction
from app.recruitment import belongings as _recruitment_belongings  # noqa: F401
from app.recruitment import rulebooks as offered_rulebooks
from app.recruitment.applications import routes as applications
from app.recruitment.applications import staff_routes as _application_pages  # noqa: F401
from app.recruitment.applications import table as _application_table  # noqa: F401
from app.recruitment.changes import routes as changes
from app.recruitment.claims import models as _claim_models  # noqa: F401
from app.recruitment.claims import routes as claims
from app.recruitment.claims import staff_routes as _claim_pages  # noqa: F401
from app.recruitment.documents import routes as documents
from app.recruitment.documents import staff_routes as _document_pages  # noqa: F401
from app.recruitment.drafts import routes as drafts
from app.recruitment.drafts import tasks as _draft_tasks  # noqa: F401
from app.recruitment.eligibility import routes as eligibility
from app.recruitment.eligibility import staff_routes as _question_pages  # noqa: F401
from app.recruitment.feeds import routes as feeds
from app.recruitment.fees import routes as fees
from app.recruitment.fees import staff_routes as _fee_pages  # noqa: F401
from app.recruitment.following import routes as following
from app.recruitment.interruptions import probe
from app.recruitment.interruptions import staff_routes as interruptions
from app.recruitment.interruptions import tasks as _interruption_tasks  # noqa: F401
from app.recruitment.messages import facts as _message_facts  # noqa: F401
from app.recruitment.messages import routes as messages
from app.recruitment.messages import staff_routes as _message_pages  # noqa: F401
from app.recruitment.papers import routes as papers
from app.recruitment.person_claims import routes as person_claims
from app.recruitment.postings import import_routes as _import_pages  # noqa: F401
from app.recruitment.postings import staff_routes as _posting_pages  # noqa: F401
from app.recruitment.postings import table as _posting_table  # noqa: F401
from app.recruitment.postings import tasks as _posting_tasks  # noqa: F401
from app.recruitment.postings.routes import bp as postings
from app.recruitment.profiles import routes as profiles
from app.recruitment.receipts import checking, keyring
from app.recruitment.receipts import letters as _receipt_letters  # noqa: F401
from app.recruitment.receipts import routes as receipts
from app.recruitment.requisitions import staff_routes as requisitions
from app.recruitment.requisitions.queries import say_who_asks_for
from app.recruitment.saved_searches import routes as saved_searches
from app.recruitment.saved_searches import tasks as _search_tasks  # noqa: F401
from app.recruitment.scanning import tasks as _scanning_tasks  # noqa: F401
from app.recruitment.screening import staff_routes as screening
from app.web import (
    access,
    bodies,
    errors,
    filters,
    headers,
    navigation,
    pages,
    shared_pages,
    static,
    tables,
    typed,
)

ROOT = Path(__file__).resolve().parent.parent
# Ten photos of a paper's pages, as telephones make them; they are kept much smaller.
MAX_BODY = 40 * 1024 * 1024

# parent name -> the blueprints of its nouns; a page's endpoint is parent.noun.view
PACKAGES: dict[str, tuple[Blueprint, ...]] = {
    "compliance": (deletions.bp, ledger.bp, personal_data.bp, reports.bp, retention.bp),
    "exams": (
        accommodations.bp,
        admit_cards.bp,
        alarms.bp,
        appeals.bp,
        attendance.bp,
        centres.bp,
        booklets.bp,
        certificates.bp,
        completeness.bp,
        considerations.bp,
        challenges.bp,
        corrections.bp,
        exam_days.bp,
        examinations.bp,
        extensions.bp,
        impact.bp,
        incidents.bp,
        item_analysis.bp,
        item_bank.bp,
        keys.bp,
        list_files.bp,
        name_requests.bp,
        list_notes.bp,
        merit_lists.bp,
        objection_fees.bp,
        objections.bp,
        offers.bp,
        plans.bp,
        publications.bp,
        photographs.bp,
        readings.bp,
        responses.bp,
        results.bp,
        rulebook_versions.bp,
        audit_pages.bp,
        seating.bp,
        sandboxes.bp,
        spot_checks.bp,
        selections.bp,
        sessions.bp,
        what_ifs.bp,
        agreement.bp,
        interviews.bp,
        mark_corrections.bp,
        marking.bp,
        panels.bp,
        recusals.bp,
        scripts.bp,
    ),
    "personnel": (appointments.bp, discipline.bp, employees.bp, positions.bp, probations.bp),
    "recruitment": (
        applications.bp,
        changes.bp,
        claims.bp,
        documents.bp,
        drafts.bp,
        eligibility.bp,
        fees.bp,
        feeds.bp,
        interruptions.bp,
        following.bp,
        messages.bp,
        papers.bp,
        person_claims.bp,
        postings,
        profiles.bp,
        receipts.bp,
        requisitions.bp,
        saved_searches.bp,
        screening.bp,
    ),
}
FLAT: tuple[Blueprint, ...] = (accounts.bp, home.bp, notices.bp)


def build(config: Config | None = None) -> Flask:
    """Build the application and bind this process to its database, files and mail."""
    config = config or from_environ(os.environ)
    logs.configure()
    app = Flask("app", template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.update(
        SECRET_KEY=config.secret_key,
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        TRUSTED_HOSTS=list(config.trusted_hosts),
        SESSION_COOKIE_NAME="meritum",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.is_https,
        PERMANENT_SESSION_LIFETIME=dt.timedelta(days=14),
        WTF_CSRF_TIME_LIMIT=None,  # a form may stay open for hours; the token lives as long as the session
    )
    app.extensions["meritum"] = config
    if config.is_demonstration:
        app.extensions["meritum_demonstration"] = demonstration.listed()
    if config.proxies:
        near = config.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=near, x_proto=near, x_host=near)  # type: ignore[method-assign]
    bind_platform(config)
    probe.bind(config.probe_url, config.public_url)
    retention_schedule.bind(config.retention)
    offered_rulebooks.bind(announcing.Announcing())
    add_hold(say_who_asks_for)
    add_bar(selection_audits.find_bar)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.converters["id"] = pages.IdConverter
    # a mail program's one click (RFC 8058) brings no form token; its link is signed
    CSRFProtect(app).exempt("app.recruitment.saved_searches.routes.unsubscribe")
    bodies.install(app)
    static.install(app, str(ROOT / "static" / "dist"))
    filters.install(app)
    navigation.install(app)
    tables.install(app)
    access.install(app, load_actor=_load_actor, lacks_second_factor=_lacks_second_factor)
    headers.install(app, is_https=config.is_https)
    shared_pages.install(app)
    typed.install(app, may_keep=_may_keep_typed)
    errors.install(app)
    register(app)
    return app


def bind_platform(config: Config) -> None:
    """Bind this process to the configured database, file store and mailer."""
    config.data_dir.mkdir(parents=True, exist_ok=True)
    db.bind(db.Database(config.database_url))
    storage.bind(storage.FileStore(config.data_dir / "files"))
    progress.bind(config.data_dir / "progress")
    antivirus.bind(antivirus.Scanner(config.clamav) if config.clamav else None)
    mailer = (
        mail.SmtpMailer(config.smtp_url) if config.smtp_url else mail.FolderMailer(config.data_dir / "mail")
    )
    mail.bind(mailer, config.mail_from)
    links.bind(config.public_url)
    holding.bind(config.letter_hold)
    impact_settings.bind(config.smallest_group)
    keyring.bind(keyring.KeyRing(config.receipt_key_file, checking.is_used))
    sealing.bind(config.sealing_keys)


def register(app: Flask) -> None:
    """Register each package's nouns under the package's name."""
    for package, nouns in PACKAGES.items():
        parent = Blueprint(package, package)
        for noun in nouns:
            parent.register_blueprint(noun)
        app.register_blueprint(parent)
    for blueprint in FLAT:
        app.register_blueprint(blueprint)


def _load_actor() -> Actor:
    token = cookie.get("token")
    if not token:
        return ANONYMOUS
    digest, at = digest_token(token), clock.now()
    with reading() as session:
        row = account_queries.find_session(session, digest, at)
        actor = account_queries.load_actor(session, row)
    if row is not None and row.seen_at <= at - SEEN_EVERY:
        with transaction() as session:
            note_seen(session, token_digest=digest, at=at)
    return actor


def _may_keep_typed(account_id: str) -> bool:
    address = request.remote_addr or "unknown"
    with transaction() as session:
        return allow(session, "typed", at=clock.now(), who=account_id, address=address) is None


def _lacks_second_factor(actor: Actor) -> bool:
    config = current_app.extensions["meritum"]
    if config.is_demonstration or not config.requires_second_factor or not is_staff(actor):
        return False
    with reading() as session:
        return not account_queries.is_strong(session, actor.session_digest)
