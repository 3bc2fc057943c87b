"""A person's own profile: a list of sections, each with a page of its own."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.platform import clock
from app.platform.db import reading, transaction
from app.platform.errors import Conflict, Invalid
from app.platform.sentences import say, translate
from app.recruitment.papers.queries import list_papers
from app.recruitment.person_claims.queries import list_claims
from app.recruitment.profiles import queries, rules, services, wording, written
from app.recruitment.profiles.forms import RemoveForm
from app.web import navigation
from app.web.access import current_actor, signed_in
from app.web.pages import render, save
from app.web.typed import keeps_typing

bp = Blueprint("profiles", __name__)
LIST = f"/my/profile/<any({', '.join(rules.LISTS)}):section>"

navigation.add(
    say("My profile"),
    "recruitment.profiles.show",
    area="mine",
    order=5,
    covers=("recruitment.papers", "recruitment.person_claims"),
)
bp.record(lambda state: state.app.jinja_env.globals.update(profile_words=wording))


@bp.get("/my/profile")
@signed_in
def show() -> ResponseReturnValue:
    """List the sections of the profile and what stands in each."""
    actor = current_actor()
    with reading() as session:
        kept = queries.list_sections(session, str(actor.id))
        claims = list_claims(session, str(actor.id))
        papers = list_papers(session, str(actor.id))
    counts = {section: len(rules.entries_of(kept[section][0])) for section in rules.LISTS if section in kept}
    counts |= {"claims": len(claims), "documents": len(papers)}
    return render(kept=kept, counts=counts)


@bp.route("/my/profile/person", methods=["GET", "POST"])
@signed_in
@keeps_typing
def person() -> ResponseReturnValue:
    """Ask who the person is."""
    data, saved_at = _kept("person")
    first = {rules.NAME: current_actor().name}
    form = written.fill(written.PersonForm, first | data, saved_at, today=clock.now().date())
    return _answer_section("person", form)


@bp.route("/my/profile/contact", methods=["GET", "POST"])
@signed_in
@keeps_typing
def contact() -> ResponseReturnValue:
    """Ask how to reach the person; the name is asked for on a page of its own."""
    data, saved_at = _kept("contact")
    form = written.fill(written.ContactForm, {"email": current_actor().email} | data, saved_at)
    del form.full_name
    return _answer_section("contact", form)


def _kept(section: str) -> tuple[dict[str, Any], str]:
    """Give what is kept in a section, and when it was saved as its page remembers it."""
    with reading() as session:
        data, saved_at = queries.list_sections(session, str(current_actor().id)).get(section, ({}, None))
    return data, saved_at.isoformat() if saved_at else ""


def _answer_section(section: str, form: written.WrittenForm) -> ResponseReturnValue:
    if form.validate_on_submit() and written.keep(
        form,
        lambda session: services.keep(
            session, section=section, data=form.values(), page=form.page, **_by_its_owner()
        ),
    ):
        flash(say("Saved."), "success")
        return redirect(url_for(".show"), 303)
    return render(form=form, section=section)


def _by_its_owner() -> dict[str, Any]:
    actor = current_actor()
    return {"account_id": str(actor.id), "actor": actor, "at": clock.now()}


@bp.get(LIST)
@signed_in
def entries(section: str) -> ResponseReturnValue:
    """List the entries of a section."""
    return render(section=section, rows=rules.entries_of(_kept(section)[0]))


@bp.route(f"{LIST}/add", methods=["GET", "POST"])
@signed_in
@keeps_typing
def add_entry(section: str) -> ResponseReturnValue:
    """Add an entry."""
    return _answer_entry(section, None, {})


@bp.route(f"{LIST}/<int:number>", methods=["GET", "POST"])
@signed_in
@keeps_typing
def edit_entry(section: str, number: int) -> ResponseReturnValue:
    """Change an entry."""
    return _answer_entry(section, number, rules.get_entry(rules.entries_of(_kept(section)[0]), number))


def _answer_entry(section: str, number: int | None, values: dict[str, Any]) -> ResponseReturnValue:
    today = clock.now().date()
    form = written.fill(written.ENTRY_FORMS[section], values, values.get("saved_at", ""), today=today)
    if form.validate_on_submit() and written.keep(
        form,
        lambda session: services.keep_entry(
            session,
            section=section,
            number=number,
            values=form.values(),
            is_complete=form.is_complete,
            page=form.page,
            **_by_its_owner(),
        ),
    ):
        flash(say("Saved."), "success")
        return redirect(url_for(".entries", section=section), 303)
    return render(form=form, section=section, number=number)


@bp.post("/my/profile/autosave/<any(person, contact):section>")
@signed_in
def autosave(section: str) -> ResponseReturnValue:
    """Save what stands on a page of the profile, for the script that sends each field when it is left."""
    made = {"today": clock.now().date()} if section == "person" else {}
    form = {"person": written.PersonForm, "contact": written.ContactForm}[section](**made)
    if section == "contact":
        del form.full_name
    return _autosave(
        form,
        lambda session, data, _is_complete: services.keep(
            session, section=section, data=data, page=form.page, is_autosave=True, **_by_its_owner()
        ),
    )


@bp.post("/my/profile/autosave/<any(education, experience, licences, languages):section>")
@signed_in
def autosave_entry(section: str) -> ResponseReturnValue:
    """Save what stands in an entry, for the script that sends each field when it is left."""
    form = written.ENTRY_FORMS[section](today=clock.now().date())
    number = request.args.get("entry", type=int)
    return _autosave(
        form,
        lambda session, data, is_complete: services.keep_entry(
            session,
            section=section,
            number=number,
            values=data,
            is_complete=is_complete,
            page=form.page,
            is_autosave=True,
            **_by_its_owner(),
        ),
    )


def _autosave(form: written.WrittenForm, act: Any) -> ResponseReturnValue:
    try:
        data, is_complete = form.what_stands()
        with transaction() as session:
            act(session, data, is_complete)
    except (Conflict, Invalid) as refused:
        return jsonify(text=translate(refused.message)), refused.status
    return jsonify(saved_at=clock.now().isoformat(), text=translate(say("Saved.")))


@bp.route(f"{LIST}/<int:number>/remove", methods=["GET", "POST"])
@signed_in
def remove_entry(section: str, number: int) -> ResponseReturnValue:
    """Confirm that an entry is taken out."""
    form, entry = RemoveForm(), rules.get_entry(rules.entries_of(_kept(section)[0]), number)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.remove_entry(session, section=section, number=number, **_by_its_owner()),
    ):
        flash(say("Removed."), "success")
        return redirect(url_for(".entries", section=section), 303)
    return render(form=form, section=section, entry=entry)
