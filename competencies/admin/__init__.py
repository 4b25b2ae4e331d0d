"""The partnership's browser admin: what people need, and the ways there."""

from competencies.admin import pathways, profiles

__all__ = ["pathways", "profiles"]
