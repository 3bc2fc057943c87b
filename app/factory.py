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
from app.compliance.case_purges import staff_routes as case_purges
from app.compliance.case_purges import tasks as _case_purge_tasks  # noqa: F401
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
from app.exams import parts as exams
from app.exams.plans import announcing
from app.exams.publications import holding
from app.exams.selection_audits import services as selection_audits
from app.home import queue_routes as _queue_pages  # noqa: F401
from app.home import queue_table as _queue_table  # noqa: F401
from app.home import routes as home
from app.home import table_routes as _table_pages  # noqa: F401
from app.home import team_work as _team_work  # noqa: F401
from app.notices import belongings as _notices_belongings  # noqa: F401
from app.notices import routes as notices
from app.notices import table as _notice_table  # noqa: F401
from app.notices import tasks as _notice_tasks  # noqa: F401 (a task is known once its module is imported)
from app.notices.wordings import staff_routes as _wording_pages  # noqa: F401
from app.personnel import parts as personnel
from app.personnel.appointments.services import add_bar
from app.personnel.positions.services import add_hold
from app.platform import antivirus, clock, db, links, logs, mail, progress, sealing, small_groups, storage
from app.platform.actors import ANONYMOUS, Actor
from app.platform.config import Config, from_environ
from app.platform.db import reading, transaction
from app.recruitment import belongings as _recruitment_belongings  # noqa: F401
from app.recruitment import rulebooks as offered_rulebooks
from app.recruitment.applications import postings_table as _screening_table  # noqa: F401
from app.recruitment.applications import routes as applications
from app.recruitment.applications import staff_routes as _application_pages  # noqa: F401
from app.recruitment.applications import table as _application_table  # noqa: F401
from app.recruitment.changes import routes as changes
from app.recruitment.claims import models as _claim_models  # noqa: F401
from app.recruitment.claims import routes as claims
from app.recruitment.claims import staff_routes as _claim_pages  # noqa: F401
from app.recruitment.claims import table as _claim_table  # noqa: F401
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
from app.recruitment.requisitions import table as _requisition_table  # noqa: F401
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
    "compliance": (case_purges.bp, deletions.bp, ledger.bp, personal_data.bp, reports.bp, retention.bp),
    "exams": exams.BLUEPRINTS,
    "personnel": personnel.BLUEPRINTS,
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
    small_groups.bind(config.smallest_group)
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
