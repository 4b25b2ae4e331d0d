"""What a new partnership starts with: sectors, payer classes and areas. Each partnership then keeps its own lists."""

from govuk.rules.choice import Choice


class UsualSector(Choice):
    """The part of the children's workforce an agency belongs to."""

    CHILDRENS_SOCIAL_CARE = "childrens_social_care", "Children's social care"
    ADULT_SOCIAL_CARE = "adult_social_care", "Adult social care"
    YOUTH_JUSTICE = "youth_justice", "Youth justice"
    MAINTAINED_SCHOOL = "maintained_school", "Maintained school"
    ACADEMY = "academy", "Academy"
    INDEPENDENT_SCHOOL = "independent_school", "Independent school"
    FURTHER_EDUCATION = "further_education", "Further education"
    EARLY_YEARS = "early_years", "Early years"
    NHS_TRUST = "nhs_trust", "NHS trust"
    GP_PRACTICE = "gp_practice", "GP practice"
    ICB = "icb", "Integrated care board"
    POLICE = "police", "Police"
    PROBATION = "probation", "Probation"
    FIRE = "fire", "Fire and rescue"
    HOUSING = "housing", "Housing"
    VOLUNTARY = "voluntary", "Voluntary and community"
    FAITH = "faith", "Faith group"
    PRIVATE_PROVIDER = "private_provider", "Private provider"
    OTHER = "other", "Other"


class UsualPayerClass(Choice):
    """How an agency pays for training on a date (seeds 002 and 003)."""

    PARTNER = "partner", "Safeguarding partner"
    RELEVANT_AGENCY = "relevant_agency", "Relevant agency"
    CONTRIBUTOR = "contributor", "Contributes money"
    PROFIT_MAKING = "profit_making", "Profit-making"
    NOT_FOR_PROFIT = "not_for_profit", "Not for profit, does not contribute"
    INDIVIDUAL = "individual", "Individual or sole trader"


class UsualArea(Choice):
    """Where an agency is: places may be shared across boroughs (seed 004)."""

    INSIDE = "inside", "In the area"
    OUTSIDE = "outside", "Outside the area"


class Nation(Choice):
    """Whose bank holidays do not count; the values are the ``holidays`` library's subdivisions."""

    ENGLAND = "ENG", "England"
    WALES = "WLS", "Wales"
    SCOTLAND = "SCT", "Scotland"
    NORTHERN_IRELAND = "NIR", "Northern Ireland"
