"""The forms of a campaign's fund: its page, a stated limit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wtforms import Field, IntegerField, StringField
from wtforms.fields.simple import TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.widgets import HiddenInput

from app.money import read_amount, typed_amount
from app.texts import N_
from app.web.forms import Form
from app.web.language import L_, current_language, gettext
from fundraising.commands.pages import PageText
from fundraising.forms.giving import out_of_bounds
from fundraising.models import SupportPage
from fundraising.pack import FundPack
from fundraising.rules.goals import MOST_AMOUNTS, MOST_MARKS, Mark

REQUIRED = L_("Fill this in.")
SLUG_SHAPE = N_("Small Latin letters, digits and hyphens, at least three.")
SUM_NEEDED = N_("Write the sum in figures, for example 1500.")
WORDS_NEEDED = N_("Say what the sum pays for.")
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,58})[a-z0-9]")
_MONEY = {"inputmode": "decimal", "maxlength": 20, "autocomplete": "off"}
LONGEST_TITLE, LONGEST_WORDS, LONGEST_MARK = 120, 4_000, 80


def _sum(label: str, *, needed: bool) -> StringField:
    return StringField(label, [InputRequired(REQUIRED)] if needed else [], render_kw=_MONEY)


def _words(label: str) -> StringField:
    return StringField(label, render_kw={"maxlength": LONGEST_MARK})


class PageForm(Form):
    """Everything a support page says."""

    title = StringField(
        L_("Heading"),
        [InputRequired(REQUIRED), Length(max=LONGEST_TITLE)],
        description=L_("What you want to do, in one line."),
        render_kw={"maxlength": LONGEST_TITLE},
    )
    words = TextAreaField(
        L_("In your own words"),
        [InputRequired(REQUIRED), Length(max=LONGEST_WORDS)],
        description=L_("Who you are, what the money is for, what has been done already."),
        render_kw={"maxlength": LONGEST_WORDS},
    )
    slug = StringField(
        L_("Address of the page"),
        [InputRequired(REQUIRED)],
        description=L_("The end of the address: small Latin letters, digits and hyphens."),
        render_kw={"maxlength": 60, "autocapitalize": "none", "spellcheck": "false"},
    )
    goal = _sum(L_("Goal"), needed=True)
    mark_1, mark_1_words = _sum(L_("First mark"), needed=False), _words(L_("What it pays for"))
    mark_2, mark_2_words = _sum(L_("Second mark"), needed=False), _words(L_("What it pays for"))
    mark_3, mark_3_words = _sum(L_("Third mark"), needed=False), _words(L_("What it pays for"))
    amount_1, amount_1_words = _sum(L_("Small gift"), needed=True), _words(L_("What it buys"))
    amount_2, amount_2_words = _sum(L_("Middle gift"), needed=True), _words(L_("What it buys"))
    amount_3, amount_3_words = _sum(L_("Large gift"), needed=True), _words(L_("What it buys"))
    imprint = TextAreaField(
        L_("Imprint"),
        description=L_("Who publishes the page and on whose behalf, with an address."),
        render_kw={"rows": 2, "maxlength": 500},
    )
    version = IntegerField(widget=HiddenInput(), default=0)

    def bind_pack(self, fund: FundPack) -> None:
        """Say whose currency and rules hold."""
        self.fund = fund

    def fill(self, page: SupportPage | None, fund: FundPack, *, slug: str) -> None:
        """Show what is stored, or a page to begin with."""
        if page is None:
            self.slug.data = slug
            for number, amount in enumerate(fund.rules.gift.suggested_minor, start=1):
                self[f"amount_{number}"].data = typed_amount(amount)
            return
        self.title.data, self.words.data = page.title, page.words
        self.slug.data, self.imprint.data = page.slug, page.imprint
        self.goal.data = typed_amount(page.goal_minor)
        self.version.data = page.version
        for name, marks in (("mark", page.marks), ("amount", page.amounts)):
            for number, mark in enumerate(marks, start=1):
                self[f"{name}_{number}"].data = typed_amount(mark["amount_minor"])
                self[f"{name}_{number}_words"].data = mark["words"]

    def validate(self, extra_validators: object = None) -> bool:
        """Check the sums and the address too."""
        good = super().validate(extra_validators)
        if not _SLUG.fullmatch(self.slug.data or ""):
            good = _add(self.slug, gettext(SLUG_SHAPE))
        for name, words in self._pairs():
            if name.data and read_amount(name.data, self.fund.currency) is None:
                good = _add(name, gettext(SUM_NEEDED))
            elif name.data and name.name.startswith("amount"):
                good = self._is_taken(name) and good
            if name.data and words is not None and name.name.startswith("mark") and not words.data:
                good = _add(words, gettext(WORDS_NEEDED))
        return good

    def to_text(self) -> PageText:
        """Give the page's words; only after ``validate``."""
        return PageText(
            slug=self.slug.data,
            title=self.title.data,
            words=self.words.data.replace("\r\n", "\n"),
            imprint=(self.imprint.data or "").replace("\r\n", "\n"),
            goal_minor=self._minor(self.goal),
            marks=self._marks("mark", MOST_MARKS - 1),
            amounts=self._marks("amount", MOST_AMOUNTS),
        )

    def _marks(self, name: str, most: int) -> tuple[Mark, ...]:
        return tuple(
            Mark(
                amount_minor=self._minor(self[f"{name}_{number}"]),
                words=self[f"{name}_{number}_words"].data or "",
            )
            for number in range(1, most + 1)
            if self[f"{name}_{number}"].data
        )

    def _minor(self, field: Field) -> int:
        found = read_amount(field.data or "", self.fund.currency)
        return found.amount_minor if found else 0

    def _is_taken(self, offered: Field) -> bool:
        """Say whether a giver could give an offered sum, and on the form why not."""
        wrong = out_of_bounds(self._minor(offered), self.fund, current_language())
        return not wrong or _add(offered, wrong)

    def _pairs(self) -> Iterator[tuple[Field, Field | None]]:
        yield self.goal, None
        for name, most in (("mark", MOST_MARKS - 1), ("amount", MOST_AMOUNTS)):
            for number in range(1, most + 1):
                yield self[f"{name}_{number}"], self[f"{name}_{number}_words"]


class LimitForm(Form):
    """A limit from the commission's own paper."""

    amount = _sum(L_("Limit"), needed=True)
    source = StringField(
        L_("Where it says so"),
        [InputRequired(REQUIRED)],
        description=L_("The paper, its number and date, as it can be found again."),
        render_kw={"maxlength": 300},
    )

    def amount_minor(self, currency: str) -> int:
        """Give the limit in minor units; 0 for what is no sum."""
        found = read_amount(self.amount.data or "", currency)
        if found is None or not found:
            _add(self.amount, gettext(SUM_NEEDED))
            return 0
        return found.amount_minor


class CheckForm(Form):
    """What the treasurer found."""

    check = StringField(L_("Check"), [InputRequired(REQUIRED)])
    found = IntegerField(L_("Result"), [NumberRange(0, 1)])


class EmptyForm(Form):
    """A button."""


def _add(field: Field, sentence: str) -> bool:
    field.errors = [*field.errors, sentence]
    return False
