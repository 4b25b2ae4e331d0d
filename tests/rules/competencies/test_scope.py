"""Whom a requirement concerns."""

import pytest

from competencies.rules.scope import Duties, Job, Scope, concerns

NURSE = Duties(roles=frozenset({7}), jobs=(Job(3, "nhs_trust"),))
TWO_JOBS = Duties(jobs=(Job(3, "nhs_trust"), Job(1, "voluntary")))


@pytest.mark.parametrize(
    ("scope", "person", "expected"),
    [
        (Scope(role=7), NURSE, True),
        (Scope(role=8), NURSE, False),
        (Scope(group=3), NURSE, True),
        (Scope(group=1), NURSE, False),
        (Scope(sector="nhs_trust"), NURSE, True),
        (Scope(role=7, group=3, sector="nhs_trust"), NURSE, True),
        (Scope(role=7, group=1), NURSE, False),
        (Scope(group=1, sector="voluntary"), TWO_JOBS, True),
        # Group of one job, sector of the other: neither job is meant.
        (Scope(group=3, sector="voluntary"), TWO_JOBS, False),
        (Scope(role=7), Duties(roles=frozenset({7})), True),
        (Scope(group=3), Duties(), False),
        (Scope(), NURSE, False),
    ],
)
def test_a_requirement_concerns_whoever_fits_all_that_it_names(
    scope: Scope, person: Duties, expected: bool
) -> None:
    assert concerns(scope, person) is expected
