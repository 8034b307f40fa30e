"""The demo: two invented coalitions, and the people one can sign in as."""

from __future__ import annotations

from app.demo.planting import is_planted, plant
from app.demo.sign_ins import DEMO_SIGN_INS, DemoSignIn
from app.demo.size import PASSWORD, Size

__all__ = ["DEMO_SIGN_INS", "PASSWORD", "DemoSignIn", "Size", "is_planted", "plant"]
