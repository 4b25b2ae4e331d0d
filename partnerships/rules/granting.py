"""Who may give and take away roles, and whose job someone else has to confirm.

A coordinator confirms people and their agencies; roles that act for the partnership open other people's data,
so only administrators give them. The last administrator cannot be removed: no one could make another.
"""

from collections.abc import Iterable

from govuk.rules.phrases import listed
from partnerships.rules.reasons import Kind, Reason
from partnerships.rules.roles import STAFF_ROLES, Permission, Role


def granting_reasons(
    held: Iterable[str],
    wanted: Iterable[str],
    granter: frozenset[Permission],
    *,
    own: bool = False,
    access_changes: bool = False,
    last_administrator: bool = False,
    stays: bool = True,
) -> tuple[Reason, ...]:
    """Why someone with the granter's permissions may not make the change; empty when they may.

    ``own``: it is the granter's own access.
    ``access_changes``: the person's access is being closed or opened; ``stays``: it is open afterwards.
    ``last_administrator``: the person is the only one now.
    """
    before, after = set(held), set(wanted)
    unknown = sorted((after - before) - {role.value for role in Role})
    if unknown:
        sentence = f"There is no such role as {listed([f'“{role}”' for role in unknown])}."
        return (Reason(Kind.BLOCKS, "role_unknown", sentence),)
    if Permission.MANAGE_PARTNERSHIP not in granter:
        if own and (before != after or access_changes):
            sentence = "You cannot change your own roles."
            return (Reason(Kind.BLOCKS, "own_role", sentence, "Ask a partnership administrator."),)
        touched = before ^ after | (before if access_changes else set())
        staff = [role.label for role in Role if role in STAFF_ROLES and role.value in touched]
        if staff:
            sentence = f"Only a partnership administrator can change who is {listed(staff)}."
            return (Reason(Kind.BLOCKS, "role_not_yours_to_give", sentence),)
    if last_administrator and not (stays and Role.ADMINISTRATOR.value in after):
        sentence = "This is the partnership’s only administrator."
        return (
            Reason(
                Kind.BLOCKS,
                "last_administrator",
                sentence,
                "Make someone else an administrator first.",
            ),
        )
    return ()


def needs_another_to_confirm(held: frozenset[Permission]) -> bool:
    """Whether a job of someone with these permissions counts only once someone else has said so.

    People who maintain people and agencies could make their own proof: a domain in the agency's entry.
    """
    return Permission.MANAGE_PEOPLE in held and Permission.MANAGE_PARTNERSHIP not in held
