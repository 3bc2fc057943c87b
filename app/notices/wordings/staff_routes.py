"""The wording of letters for the office: each letter, its passages, versions and a live preview."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.accounts.queries import list_agencies_for
from app.notices import compose
from app.notices.catalogue import ENGLISH_ONLY, LETTERS, SAMPLES
from app.notices.routes import bp
from app.notices.samples import AGENCY, NOTICE, RECIPIENT
from app.notices.wordings import passages, queries, services
from app.notices.wordings.forms import DecideForm, WordingForm
from app.notices.wordings.models import EVERYWHERE
from app.platform import clock, languages
from app.platform.db import reading
from app.platform.ids import is_id
from app.web import navigation
from app.web.access import current_actor, requires
from app.web.forms import named
from app.web.pages import act, render, save

ONE = "/staff/letter-texts/versions/<id('lwd'):wording_id>"
EDIT = "/staff/letter-texts/<template>/<language>/<scope>"
navigation.add("Letter texts", "notices.list_letters", area="staff", order=19)


@bp.get("/staff/letter-texts")
@requires("notices.list_letters")
def list_letters() -> ResponseReturnValue:
    """List every letter, with the state of its wording."""
    with reading() as session:
        versions = queries.count_by_template(session, current_actor())
    return render(letters=sorted(LETTERS), versions=versions)


@bp.get("/staff/letter-texts/<template>")
@requires("notices.show_letter")
def show_letter(template: str) -> ResponseReturnValue:
    """Show a letter: its passages, its fields, its versions, and for whom it may be written anew."""
    if template not in LETTERS:
        abort(404)
    actor = current_actor()
    with reading() as session:
        versions = queries.list_versions(session, template, actor)
        agencies = list_agencies_for(session, actor, services.EDIT)
    spoken = [languages.ENGLISH] if template in ENGLISH_ONLY else list(languages.LANGUAGES)
    scopes = named(agencies)
    if actor.agencies(services.EDIT) is None:
        scopes.insert(0, (EVERYWHERE, "All agencies"))
    return render(
        template_name=template,
        passages=passages.passages_of(template),
        shipped=passages.with_braces,
        versions=versions,
        scopes=scopes,
        spoken=spoken,
    )


@bp.route(f"{EDIT}/edit", methods=["GET", "POST"])
@requires("notices.edit_letter")
def edit_letter(template: str, language: str, scope: str) -> ResponseReturnValue:
    """Write the passages of a letter anew, with a preview beside."""
    _check_place(template, language, scope)
    actor = current_actor()
    services.demand_scope(actor, services.EDIT, scope)
    with reading() as session:
        newest = queries.find_newest(session, template, language, scope)
    form = WordingForm.of(template, newest.passages if newest else {})
    if form.validate_on_submit() and save(
        form,
        lambda session: services.write_wording(
            session,
            template=template,
            language=language,
            scope=scope,
            texts=form.texts(),
            change_note=form.change_note.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Draft saved.", "success")
        return redirect(url_for(".show_wording", wording_id=form.saved.id), 303)
    return render(form=form, newest=newest, written_in=language, scope=scope, **_letter(template))


@bp.post(f"{EDIT}/preview")
@requires("notices.preview_letter")
def preview_letter(template: str, language: str, scope: str) -> ResponseReturnValue:
    """Give the letter with invented data and the passages as typed, or what is wrong in them."""
    _check_place(template, language, scope)
    form = WordingForm.of(template, {})
    faults = form.faults()
    if faults:
        return _framed(render(template="notices/preview_faults.html", faults=faults)[0])
    return _framed(_preview(template, language, form.texts()))


@bp.get(ONE)
@requires("notices.show_wording")
def show_wording(wording_id: str) -> ResponseReturnValue:
    """Show a version: what it says beside the shipped text, and what may be done with it."""
    with reading() as session:
        row = queries.get_wording(session, wording_id, current_actor())
    return render(row=row, **_letter(row.template))


@bp.get(f"{ONE}/preview")
@requires("notices.preview_wording")
def preview_wording(wording_id: str) -> ResponseReturnValue:
    """Give the letter of a version with invented data."""
    with reading() as session:
        row = queries.get_wording(session, wording_id, current_actor())
    return _framed(_preview(row.template, row.language, row.passages))


@bp.post(f"{ONE}/submit")
@requires("notices.submit_letter")
def submit_letter(wording_id: str) -> ResponseReturnValue:
    """Hand a draft to somebody else for approval."""
    return act(
        lambda session: services.submit_wording(
            session, wording_id=wording_id, actor=current_actor(), at=clock.now()
        ),
        done="Submitted. Somebody else approves it.",
        then=url_for(".show_wording", wording_id=wording_id),
    )


@bp.post(f"{EDIT}/shipped")
@requires("notices.restore_letter")
def restore_letter(template: str, language: str, scope: str) -> ResponseReturnValue:
    """Begin a version in which the letter is as shipped; it is approved like every other."""
    _check_place(template, language, scope)
    return act(
        lambda session: services.write_wording(
            session,
            template=template,
            language=language,
            scope=scope,
            texts={},
            change_note="Back to the shipped text",
            actor=current_actor(),
            at=clock.now(),
        ),
        done="A draft with the shipped text is saved. Submit it for approval.",
        then=url_for(".show_letter", template=template),
    )


@bp.route(f"{ONE}/decide", methods=["GET", "POST"])
@requires("notices.decide_letter")
def decide_letter(wording_id: str) -> ResponseReturnValue:
    """Approve a version, or send it back."""
    form, actor = DecideForm(), current_actor()
    with reading() as session:
        row = queries.get_wording(session, wording_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide_wording(
            session,
            wording_id=wording_id,
            is_approved=form.decision.data == "approve",
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Decided.", "success")
        return redirect(url_for(".show_wording", wording_id=wording_id), 303)
    return render(form=form, row=row, **_letter(row.template))


def _check_place(template: str, language: str, scope: str) -> None:
    """Answer 404 for a letter, a language or an agency that cannot be."""
    spoken = [languages.ENGLISH] if template in ENGLISH_ONLY else languages.LANGUAGES
    if template not in LETTERS or language not in spoken or not (scope == EVERYWHERE or is_id(scope, "agy")):
        abort(404)


def _letter(template: str) -> dict[str, Any]:
    found = passages.passages_of(template)
    return {
        "template_name": template,
        "passages": found,
        "shipped": passages.with_braces,
        "fields": {passage.name: passages.fields_of(template, passage) for passage in found},
    }


def _preview(template: str, language: str, texts: dict[str, str]) -> str:
    context = {
        "notice": NOTICE | {"language": language},
        "agency": AGENCY,
        "recipient": RECIPIENT,
        "letter": SAMPLES[template],
        "wording": {"passages": {name: text for name, text in texts.items() if text}},
    }
    return compose.render_html(template, context)


def _framed(page: str) -> Response:
    """Answer with a page that stands in a frame of ours, without script or form."""
    response = Response(page, mimetype="text/html")
    style = compose.style_source()
    policy = f"default-src 'none'; style-src {style} 'self'; frame-ancestors 'self'; sandbox"
    response.headers["Content-Security-Policy"] = policy
    return response
