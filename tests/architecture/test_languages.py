"""Whatever an applicant or a visitor may read is marked, gathered, and said in each language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from app.factory import ROOT
from app.platform.languages import ENGLISH, FOLDER, LANGUAGES

# Off only while texts are being written and translated; then on for ever.
IS_COMPLETE = True
when_complete = pytest.mark.skipif(not IS_COMPLETE, reason="the texts are still being translated")
OTHERS = [code for code in LANGUAGES if code != ENGLISH]
# Only people of the office read these; they are in English.
STAFF_FOLDERS = {
    "compliance/ledger",
    "compliance/reports",
    "exams/agreement",
    "exams/attendance",
    "exams/booklets",
    "exams/centres",
    "exams/certificates",
    "exams/challenges",
    "exams/completeness",
    "exams/considerations",
    "exams/corrections",
    "exams/examinations",
    "exams/extensions",
    "exams/incidents",
    "exams/item_bank",
    "exams/joint_certificates",
    "exams/keys",
    "exams/list_files",
    "exams/list_notes",
    "exams/mark_corrections",
    "exams/name_requests",
    "exams/objection_fees",
    "exams/panels",
    "exams/plans",
    "exams/publications",
    "exams/readiness",
    "exams/recusals",
    "exams/responses",
    "exams/rulebook_versions",
    "exams/sandboxes",
    "exams/scripts",
    "exams/selection_audits",
    "exams/selections",
    "exams/sessions",
    "exams/spot_checks",
    "exams/what_ifs",
    "home/queue",
    "personnel/actions",
    "personnel/awards",
    "personnel/benefit_plans",
    "personnel/competencies",
    "personnel/completions",
    "personnel/contacts",
    "personnel/contributions",
    "personnel/course_enrolments",
    "personnel/course_feedback",
    "personnel/course_sessions",
    "personnel/courses",
    "personnel/dependants",
    "personnel/development_plans",
    "personnel/allegations",
    "personnel/case_appeals",
    "personnel/case_files",
    "personnel/decisions",
    "personnel/deliveries",
    "personnel/documents",
    "personnel/establishment",
    "personnel/penalty_factors",
    "personnel/registers",
    "personnel/replies",
    "personnel/discipline",
    "personnel/enrolment_corrections",
    "personnel/enrolments",
    "personnel/flexible_work",
    "personnel/grievances",
    "personnel/improvement",
    "personnel/life_events",
    "personnel/mandatory_training",
    "personnel/performance",
    "personnel/performance_plans",
    "personnel/accruals",
    "personnel/leave",
    "personnel/leave_adjustments",
    "personnel/leave_requests",
    "personnel/pay_scales",
    "personnel/policies",
    "personnel/positions",
    "personnel/probations",
    "personnel/ratings",
    "personnel/reclassifications",
    "personnel/retirements",
    "personnel/service_records",
    "personnel/appointment_proposals",
    "personnel/separations",
    "personnel/team",
    "personnel/within_grade",
    "personnel/workforce",
    "recruitment/requisitions",
    "recruitment/screening",
}
KEYWORDS = {"say": None, "say_count": (1, 2), "_": None, "gettext": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)s|%[^(%]|%\(\w+\)[^s]")
LETTERS = re.compile(r"[A-Za-z]{2,}")
# What is the same in every language: the service's name, and abbreviations.
NAMES = re.compile(r"Meritum|PDF|CSV|JSON|SHA-256|RSS|Atom|ICS|iCal|QR|UTC|Noto|&\w+;")
TEXT_ATTRIBUTES = re.compile(r'(?:aria-label|placeholder|alt|title|data-label)="([^"]*)')


def catalogue(language: str) -> Catalog:
    with (FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def messages(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def forms(message: Message) -> list[str]:
    return list(message.string) if message.pluralizable else [str(message.string)]


def gathered() -> set[str | tuple[str, ...]]:
    """Every marked text, as the command that gathers them would find it."""
    found: set[str | tuple[str, ...]] = set()
    methods = (
        ("app", "**.py", "python"),
        ("app", "**.toml", "app.exams.rulebook_texts:extract"),
        ("templates", "**.html", "jinja2"),
    )
    for folder, pattern, method in methods:
        mapping = [(pattern, method)]
        options = {"**.html": {"newstyle_gettext": "true", "silent": "false"}}
        for _file, _line, text, _comments, _context in extract_from_dir(
            ROOT / folder, mapping, options, KEYWORDS, directory_filter=lambda _path: True
        ):
            found.add(text)
    return found


@when_complete
def test_the_catalogues_hold_exactly_the_texts_that_are_marked():
    wanted = gathered()
    assert len(wanted) > 200
    for language in OTHERS:
        held = {message.id for message in messages(language)}
        assert {"missing": wanted - held, "unused": held - wanted} == {"missing": set(), "unused": set()}, (
            f"run `make messages` ({language})"
        )


@when_complete
@pytest.mark.parametrize("language", OTHERS)
def test_each_text_is_translated(language: str):
    empty = [message.id for message in messages(language) if not all(forms(message))]
    assert empty == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_doubtful_or_left_over(language: str):
    held = catalogue(language)
    assert [message.id for message in held if message.id and message.fuzzy] == []
    assert list(held.obsolete) == []


@pytest.mark.parametrize("language", OTHERS)
def test_placeholders_are_those_of_the_english_text(language: str):
    wrong = []
    for message in messages(language):
        asked = [set(PLACEHOLDER.findall(text)) for text in _as_list(message.id)]
        for place, form in enumerate(forms(message)):
            has = set(PLACEHOLDER.findall(form))
            # a form for none, one or two may say the number in words
            may_lack = {"count", "num"} if message.pluralizable and place < len(forms(message)) - 1 else set()
            if form and not (has <= asked[-1] and asked[-1] - has <= may_lack):
                wrong.append((message.id, form))
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_plural_forms_are_all_there(language: str):
    held = catalogue(language)
    assert held.num_plurals == {"es": 2, "hi": 2, "ar": 6}[language]
    counted = [message for message in held if message.id and message.pluralizable]
    assert {len(forms(message)) for message in counted} == {held.num_plurals}


def _as_list(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def applicants_templates() -> list[Path]:
    """The templates that are not of the office alone: not in its folders, nor drawn in its layout."""
    found = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        name = path.relative_to(ROOT / "templates")
        source = path.read_text()
        if str(name.parent) in STAFF_FOLDERS or '{% extends "_layout/staff.html" %}' in source:
            continue
        if str(name) not in STAFF_PARTS:
            found.append(path)
    return found


# Parts of pages of the office, in folders that applicants' pages share.
STAFF_PARTS = {
    "_layout/macros/progress.html",  # of work that officers start
    "_layout/staff.html",
    "accounts/_agency_form.html",
    "accounts/_consents.html",
    "accounts/_grant.html",
    "accounts/_history.html",
    "accounts/_merge.html",
    "accounts/_side_by_side.html",
    "exams/marking/_material.html",
    "exams/marking/_trail.html",
    "exams/merit_lists/_entries.html",
    "exams/merit_lists/_sealed.html",
    "exams/preferred_lists/_entry.html",
    "exams/reserves/_rule.html",
    "exams/reserves/_standing.html",
    "notices/benefit_statement.html",  # to people in service
    "notices/disciplinary_decision.html",
    "notices/grievance_decision.html",
    "notices/grievance_received.html",
    "notices/flexible_work_agreement.html",
    "notices/increase_denied.html",
    "notices/final_leave_statement.html",
    "notices/leave_statement.html",
    "notices/performance_opportunity.html",
    "notices/appointment_taken_back.html",
    "notices/personnel_action.html",
    "notices/probation_decision.html",
    "notices/service_certificate.html",
    "notices/proposed_action.html",  # to staff, in an officer's own words
    "notices/rating_of_record.html",
    "notices/training_certificate.html",
    "recruitment/claims/_staff_card.html",
    "recruitment/documents/_files_office.html",
    "recruitment/eligibility/add.html",
    "recruitment/eligibility/edit.html",
    "recruitment/fees/_fee.html",
    "recruitment/fees/decide_waiver.html",
    "recruitment/fees/record_payment.html",
    "recruitment/fees/reverse.html",
    "recruitment/postings/_acts.html",
    "notices/_passages.html",
    "notices/preview_faults.html",
}


@when_complete
@pytest.mark.parametrize("path", applicants_templates(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_holds_no_unmarked_text(path: Path):
    assert list(unmarked(path.read_text())) == []


def unmarked(source: str) -> Iterator[str]:
    """Give the words of a template that would stand in English on every page."""
    environment = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)
    tree = environment.parse(source)
    markup = "".join(
        part.data if isinstance(part, nodes.TemplateData) else "\0"
        for output in tree.find_all(nodes.Output)
        for part in output.nodes
    )
    for text in TEXT_ATTRIBUTES.findall(markup):
        yield from _words(text)
    text = re.sub(r"<script.*?</script>|<svg.*?</svg>|<[^>]*>", "\1", markup, flags=re.DOTALL)
    for piece in re.split("[\0\1]", text):
        yield from _words(piece)
    for value in _plain_constants(tree):
        if re.match(r"[A-Z][a-z]+( |$)", value) and "Meritum" not in value:
            yield value


def _words(text: str) -> Iterator[str]:
    if LETTERS.search(NAMES.sub("", text)):
        yield " ".join(text.split())


def _is_marked(called: nodes.Node) -> bool:
    """Tell whether a call translates its text, or takes none that a person reads."""
    names = ("_", "gettext", "ngettext", "url_for", "url_if_routed", "component")
    return isinstance(called, nodes.Name) and called.name in names


def _plain_constants(node: nodes.Node) -> Iterator[str]:
    """Give the string constants that are not inside a marked text."""
    if isinstance(node, nodes.Call) and _is_marked(node.node):
        for argument in node.kwargs:
            yield from _plain_constants(argument)
        return
    if isinstance(node, nodes.Compare | nodes.Getitem | nodes.Import | nodes.Include | nodes.Extends):
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    for child in node.iter_child_nodes():
        yield from _plain_constants(child)
