"""Invented people: no name twice, plain addresses, contact details that the application form takes."""

from __future__ import annotations

import random

from wtforms.fields.core import UnboundField

from app.demonstration import answering
from app.demonstration.people import Register
from app.recruitment.postings.states import CriterionKind
from app.recruitment.profiles.forms import ContactForm, EducationForm, ExperienceForm

STEP = {"proceed", "later"}


def _asked(form: type) -> set[str]:
    """Give the names of what a step's form asks for."""
    fields = {name for name, value in vars(form).items() if isinstance(value, UnboundField)}
    return fields - STEP


def _invent(seed: str, count: int) -> list[tuple[str, str]]:
    register = Register(random.Random(seed))
    return [(person.name, person.email) for person in (register.invent() for _ in range(count))]


def test_no_name_and_no_address_comes_twice():
    people = _invent("one", 1200)
    assert len({name for name, _ in people}) == 1200
    assert len({email for _, email in people}) == 1200
    assert all(email.isascii() and email == email.lower() and " " not in email for _, email in people)


def test_the_same_seed_invents_the_same_people():
    assert _invent("one", 50) == _invent("one", 50)
    assert _invent("one", 50) != _invent("another", 50)


def test_names_keep_their_marks():
    names = " ".join(name for name, _ in _invent("one", 1000))
    assert set("áéøł’ê") <= set(names)


def test_a_telephone_number_is_one_that_nobody_has():
    register = Register(random.Random("one"))
    assert {register.invent().telephone[:12] for _ in range(200)} == {"+1 555 555 0"}


def test_contact_details_are_those_that_the_form_asks_for():
    person = Register(random.Random("one")).invent()
    assert set(person.contact()) == _asked(ContactForm)


def test_a_career_is_what_the_forms_ask_for():
    forms = {"education": EducationForm, "experience": ExperienceForm}
    for seed in range(60):
        entries = answering.career(random.Random(seed), 2026)
        assert [section for section, _ in entries][:2] == ["education", "experience"]
        for section, values in entries:
            assert set(values) == _asked(forms[section])
            assert (
                section == "education" or values["is_current"] or values["end_year"] >= values["start_year"]
            )


def test_each_kind_of_criterion_can_be_answered_both_ways():
    for kind in CriterionKind:
        met = answering.answer(random.Random("one"), kind, 2026, is_met=True)
        unmet = answering.answer(random.Random("one"), kind, 2026, is_met=False)
        assert met != unmet
        assert not set("{}") & set(met + unmet)
