"""What differs between the two partnerships that the journeys are made in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Town:
    """One partnership's words and amounts, as its demonstration data has them."""

    slug: str
    course: str
    search: str  # finds the course
    group: str  # of those that the course is for
    employer: str
    employer_search: str
    domain: str  # of the employer's mail
    other_employer: str  # where other-practitioner works
    trainers: tuple[str, ...]
    policy: str  # a piece of the charging policy
    late: str
    no_show: str
    no_show_clause: str

    def address(self, name: str) -> str:
        return f"{name}@{self.slug}.example.org"


TOWNS = {
    "southampton": Town(
        slug="southampton",
        course="Learning from local and national reviews",
        search="reviews",
        group="Level 3",
        employer="Itchen Vale Primary School",
        employer_search="itchen",
        domain="itchen-vale.southampton.example.org",
        other_employer="Test Estuary Community NHS Trust",
        trainers=("Iona Delahaye", "Harjit Fotheringay"),
        policy="ten working days",
        late="£40.00",
        no_show="£60.00",
        no_show_clause="A level 3 place that was booked and not used.",
    ),
    "nottinghamshire": Town(
        slug="nottinghamshire",
        course="Neglect",
        search="neglect",
        group="Target group 3",
        employer="Leen Side Primary School",
        employer_search="leen",
        domain="leen-side.nottinghamshire.example.org",
        other_employer="Acorn Steps Day Nursery",
        trainers=("Vikram Strickley",),
        policy="seven days before",
        late="£30.00",
        no_show="£50.00",
        no_show_clause="A place that was booked and not used.",
    ),
}
# Where managers agree by a link in an email; one journey is made there.
APPROVES_BY_LINK = Town(
    slug="competence-matters",
    course="Children in special circumstances",
    search="special",
    group="Group A",
    employer="Quaggy Brook School",
    employer_search="quaggy",
    domain="quaggy-brook.competence-matters.example.org",
    other_employer="Fleetside Hospital",
    trainers=(),
    policy="",
    late="",
    no_show="",
    no_show_clause="",
)
