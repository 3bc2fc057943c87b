"""A person's own profile: a list of sections, each with a page of its own."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.platform import clock
from app.platform.db import reading
from app.platform.sentences import say
from app.recruitment.papers.queries import list_papers
from app.recruitment.person_claims.queries import list_claims
from app.recruitment.profiles import forms, queries, rules, services, wording
from app.web import navigation
from app.web.access import current_actor, signed_in
from app.web.pages import render, save

bp = Blueprint("profiles", __name__)
LIST = f"/my/profile/<any({', '.join(rules.LISTS)}):section>"

navigation.add(say("My profile"), "recruitment.profiles.show", area="mine", order=5)
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
def person() -> ResponseReturnValue:
    """Ask who the person is."""
    data = {rules.NAME: current_actor().name} | _kept("person")
    return _answer_section("person", forms.PersonForm(data=data, today=clock.now().date()))


@bp.route("/my/profile/contact", methods=["GET", "POST"])
@signed_in
def contact() -> ResponseReturnValue:
    """Ask how to reach the person; the name is asked for on a page of its own."""
    form = forms.ContactForm(data={"email": current_actor().email} | _kept("contact"))
    del form.full_name
    return _answer_section("contact", form)


def _kept(section: str) -> dict[str, Any]:
    with reading() as session:
        return queries.find_section(session, str(current_actor().id), section) or {}


def _answer_section(section: str, form: forms.StepForm) -> ResponseReturnValue:
    actor = current_actor()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.keep(
            session,
            account_id=str(actor.id),
            section=section,
            data=form.values(),
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash(say("Saved."), "success")
        return redirect(url_for(".show"), 303)
    return render(form=form)


@bp.get(LIST)
@signed_in
def entries(section: str) -> ResponseReturnValue:
    """List the entries of a section."""
    return render(section=section, rows=rules.entries_of(_kept(section)))


@bp.route(f"{LIST}/add", methods=["GET", "POST"])
@signed_in
def add_entry(section: str) -> ResponseReturnValue:
    """Add an entry."""
    return _answer_entry(section, None, {})


@bp.route(f"{LIST}/<int:number>", methods=["GET", "POST"])
@signed_in
def edit_entry(section: str, number: int) -> ResponseReturnValue:
    """Change an entry."""
    return _answer_entry(section, number, rules.get_entry(rules.entries_of(_kept(section)), number))


def _answer_entry(section: str, number: int | None, values: dict[str, Any]) -> ResponseReturnValue:
    actor, at = current_actor(), clock.now()
    form = forms.ENTRY_FORMS[section](data=values, today=at.date())
    if form.validate_on_submit() and save(
        form,
        lambda session: services.keep_entry(
            session,
            account_id=str(actor.id),
            section=section,
            number=number,
            values=form.values(),
            is_complete=form.is_complete,
            actor=actor,
            at=at,
        ),
    ):
        flash(say("Saved."), "success")
        return redirect(url_for(".entries", section=section), 303)
    return render(form=form, section=section, number=number)


@bp.route(f"{LIST}/<int:number>/remove", methods=["GET", "POST"])
@signed_in
def remove_entry(section: str, number: int) -> ResponseReturnValue:
    """Confirm that an entry is taken out."""
    actor, form = current_actor(), forms.RemoveForm()
    entry = rules.get_entry(rules.entries_of(_kept(section)), number)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.remove_entry(
            session,
            account_id=str(actor.id),
            section=section,
            number=number,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash(say("Removed."), "success")
        return redirect(url_for(".entries", section=section), 303)
    return render(form=form, section=section, entry=entry)
