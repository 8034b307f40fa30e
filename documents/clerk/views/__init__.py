"""The screens of the clerk."""

from documents.clerk.views import desk
from documents.clerk.views.section import section

__all__ = ["desk", "section"]
