"""Taking the order of lists again, as it was when names were asked for."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.exams.certificates.models import Certificate
from app.exams.joint_certificates import queries, rules
from app.exams.joint_certificates.models import JointPart, JointRequest
from app.platform.errors import Conflict


def list_faults(session: Session, certificate: Certificate) -> list[str]:
    """Say what is wrong with a certificate's place among the lists of its request; nothing when it holds.

    The certificate comes with its list, examination and posting.
    """
    part = queries.find_part(session, certificate.id)
    if part is None:
        return []
    joint = session.get_one(JointRequest, part.joint_id)
    class_code = certificate.merit_list.examination.posting.class_code
    sources = queries.load_sources(session, joint.agency_id, class_code, joint.asked_at)
    try:
        order = rules.find_order([source.rulebook for source in sources])
    except Conflict as error:
        return [str(error)]
    due = rules.divide(order, sources, joint.vacancies)
    place = next((n for n, share in enumerate(due, 1) if share.list_id == certificate.merit_list_id), 0)
    if not place:
        return [f"By {order.citation} the list of this certificate served no vacancy of the request."]
    return _compare(part, certificate, due[place - 1], place, order)


def _compare(
    part: JointPart, certificate: Certificate, due: rules.Share, place: int, order: rules.Order
) -> list[str]:
    found = {
        f"By {order.citation} this list comes at place {place}, not {part.place}.": part.place != place,
        f"By {order.citation} this list serves {due.vacancies} vacancies, not {certificate.vacancies}.": (
            certificate.vacancies != due.vacancies
        ),
        "The people who are considered on an earlier list were others.": (
            sorted(part.elsewhere) != sorted(due.elsewhere)
        ),
    }
    return [sentence for sentence, is_so in found.items() if is_so]
