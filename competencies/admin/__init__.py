"""The partnership's browser admin: what people need, and how they get there."""

from competencies.admin import pathways, profiles

__all__ = ["pathways", "profiles"]
