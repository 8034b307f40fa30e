"""The addresses of fundraising: four sections."""

from __future__ import annotations

from fundraising.views.demo_pay import section as demo_pay_section
from fundraising.views.hooks import section as hooks_section
from fundraising.views.support import section as support_section
from fundraising.views.writing import section as fund_section

__all__ = ["SECTIONS", "demo_pay_section", "fund_section", "hooks_section", "support_section"]

SECTIONS = (support_section, fund_section, hooks_section, demo_pay_section)
