"""Who may do what: the table that every view, link and test reads."""

from collections.abc import Iterable

from govuk.rules.choice import Choice


class Role(Choice):
    """What a person is in one partnership; a person may hold several."""

    PRACTITIONER = "practitioner", "Practitioner"
    LINE_MANAGER = "line_manager", "Line manager"
    AGENCY_LEAD = "agency_lead", "Agency lead"
    FINANCE_CONTACT = "finance_contact", "Agency finance contact"
    TRAINER = "trainer", "Trainer"
    COORDINATOR = "coordinator", "Training coordinator"
    FINANCE_OFFICER = "finance_officer", "Finance officer"
    SUBGROUP_MEMBER = "subgroup_member", "Learning and development subgroup"
    ADMINISTRATOR = "administrator", "Partnership administrator"


class Permission(Choice):
    """One thing that a view or an operation may ask for."""

    BOOK_FOR_SELF = "book_for_self", "Book their own places and see their own learning"
    APPROVE_OWN_TEAM = "approve_own_team", "Approve bookings for their own team"
    ANSWER_FOR_AGENCY = "answer_for_agency", "See and book for staff at their own agency"
    PAY_FOR_AGENCY = "pay_for_agency", "See invoices to their own agency, and answer them"
    MARK_REGISTER = "mark_register", "Mark registers for their own events"
    RUN_TRAINING = "run_training", "Run courses, events, bookings and registers"
    MANAGE_MONEY = "manage_money", "Review charges and issue invoices"
    READ_INSIGHT = "read_insight", "Read attendance and evaluation results"
    READ_ANSWERS = "read_answers", "Read individual evaluation answers"
    MANAGE_PEOPLE = "manage_people", "Confirm people and their agencies"
    MANAGE_PARTNERSHIP = "manage_partnership", "Change the partnership’s rules"


P = Permission

# An agency's finance contact sees its invoices, and of its staff only who was on which course.
# Finance sees money but no survey answers; the subgroup sees results but no individual answers.
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.PRACTITIONER: frozenset({P.BOOK_FOR_SELF}),
    Role.LINE_MANAGER: frozenset({P.BOOK_FOR_SELF, P.APPROVE_OWN_TEAM}),
    Role.AGENCY_LEAD: frozenset(
        {P.BOOK_FOR_SELF, P.APPROVE_OWN_TEAM, P.ANSWER_FOR_AGENCY, P.PAY_FOR_AGENCY}
    ),
    Role.FINANCE_CONTACT: frozenset({P.BOOK_FOR_SELF, P.PAY_FOR_AGENCY}),
    Role.TRAINER: frozenset({P.BOOK_FOR_SELF, P.MARK_REGISTER}),
    Role.COORDINATOR: frozenset(
        {
            P.BOOK_FOR_SELF,
            P.MARK_REGISTER,
            P.RUN_TRAINING,
            P.READ_INSIGHT,
            P.READ_ANSWERS,
            P.MANAGE_PEOPLE,
        }
    ),
    Role.FINANCE_OFFICER: frozenset({P.BOOK_FOR_SELF, P.MANAGE_MONEY}),
    Role.SUBGROUP_MEMBER: frozenset({P.BOOK_FOR_SELF, P.READ_INSIGHT}),
    Role.ADMINISTRATOR: frozenset(Permission),
}

# Roles that act for the partnership: a second factor may be required of them.
STAFF_ROLES = frozenset(
    {
        Role.TRAINER,
        Role.COORDINATOR,
        Role.FINANCE_OFFICER,
        Role.SUBGROUP_MEMBER,
        Role.ADMINISTRATOR,
    }
)


# Who has anything to do on the pages for running training; each page says what it needs.
OPENS_MANAGE = frozenset({P.RUN_TRAINING, P.MANAGE_PEOPLE, P.MANAGE_MONEY, P.MANAGE_PARTNERSHIP})


def permissions_of(roles: Iterable[str]) -> frozenset[Permission]:
    """Everything that someone with these roles may do; unknown roles give nothing."""
    held = set(roles)
    return frozenset(
        permission for role in Role if role in held for permission in PERMISSIONS[role]
    )


def permissions_without_staff_powers(roles: Iterable[str]) -> frozenset[Permission]:
    """What is left to someone without the second factor that staff must have: what everyone may do for
    themselves, and what roles that act for an agency give."""
    held = permissions_of(roles)
    by_agency = permissions_of(role for role in roles if not is_staff([role]))
    return held & (PERMISSIONS[Role.PRACTITIONER] | by_agency)


def is_staff(roles: Iterable[str]) -> bool:
    """Whether any of the roles acts for the partnership rather than for an agency."""
    return any(role in {staff.value for staff in STAFF_ROLES} for role in roles)
