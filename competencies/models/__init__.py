"""What people need, hold and lack."""

from competencies.models.pathway import GuideAnswer, Pathway, PathwayGuide, PathwayStep
from competencies.models.profile import Requirement, RequirementCourse, RoleAssignment, RoleProfile

__all__ = [
    "GuideAnswer",
    "Pathway",
    "PathwayGuide",
    "PathwayStep",
    "Requirement",
    "RequirementCourse",
    "RoleAssignment",
    "RoleProfile",
]
