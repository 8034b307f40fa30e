"""Putting numbers, chances and hands into words."""

from __future__ import annotations

from app.texts import N_
from app.web.language import current_language, gettext
from app.web.wording import number
from documents.paperwork.pages import SourceView
from documents.signatures.pack import PackSignatures
from documents.signatures.pages import ChanceView, HandView, NumbersView
from documents.signatures.queries import CollectorRow, PlanRow
from documents.signatures.rules.choosing import Choice
from documents.signatures.rules.numbers import write_numbers
from documents.signatures.rules.quality import Judgement, Share
from documents.signatures.rules.requirement import Requirement
from documents.signatures.shape import Cited
from documents.signatures.standing import Collecting

JUDGEMENTS = {
    Judgement.TOO_FEW: (N_("too few to say"), "plain"),
    Judgement.WORSE: (N_("more defects than the others: look at the sheets together"), "warn"),
    Judgement.LIKE_OTHERS: (N_("like the others"), "plain"),
    Judgement.BETTER: (N_("more careful than the others"), "done"),
}
STATES = {
    "printed": (N_("here"), "plain"),
    "unmade": (N_("no file yet"), "plain"),
    "out": (N_("out"), "info"),
    "returned": (N_("counted"), "done"),
    "spoilt": (N_("spoilt"), "warn"),
}
# Russian has another form for 21 than for one; what is asked here is whether there are several.
CHOSEN = (
    N_("Best choice: sheet {numbers}; signatures on it: {total}."),
    N_("Best choice: sheets {numbers}; signatures on them: {total}."),
)
STRIKE_OUT = (
    N_(
        "Sheet {numbers} still has signatures with a defect. Strike them out on paper before the "
        "sheet is certified, note it there, and mark the rows as struck out here."
    ),
    N_(
        "Sheets {numbers} still have signatures with a defect. Strike them out on paper before "
        "the sheets are certified, note it there, and mark the rows as struck out here."
    ),
)
BATCH_STATES = {
    "wanted": N_("being made"),
    "ready": N_("ready"),
    "failed": N_("could not be made"),
}


def source_view(rule: Cited, pack: PackSignatures) -> SourceView:
    """Put a rule's source into words."""
    language = current_language()
    return SourceView(
        status=rule.status,
        words=pack.sources_in(language).say(rule.source),
        reference=pack.reference(rule.source_keys, language),
    )


def numbers_view(plan: PlanRow, numbers: Requirement, pack: PackSignatures) -> NumbersView:
    """Put the two numbers and where they come from into words."""
    words, shape = pack.words_in(current_language()), pack.shape
    rules: list[tuple[str, SourceView]] = []
    if not numbers.published:
        rules.append((words.rate, source_view(shape.rate, pack)))
    if plan.published_maximum is None:
        rules.append((words.surplus, source_view(shape.surplus, pack)))
    return NumbersView(
        required=numbers.required,
        maximum=numbers.maximum,
        published_where=plan.published_where if numbers.published else "",
        formula="" if numbers.published else _formula(plan, pack),
        rules=tuple(rules),
    )


def chance_view(choice: Choice, pack: PackSignatures) -> ChanceView:
    """Put a choice of sheets into words."""
    missed = pack.shape.missed
    return ChanceView(
        words=chance_words(choice.chance),
        total=choice.total,
        expected=round(choice.expected),
        needed=choice.needed,
        assumption=pack.words_in(current_language()).missed,
        source=source_view(missed, pack),
    )


def chosen_words(choice: Choice) -> str:
    """Say which sheets to hand in and what they bring."""
    words = CHOSEN[len(choice.sheets) > 1]
    return gettext(words, numbers=write_numbers(choice.sheets), total=choice.total)


def strike_words(sheets: tuple[int, ...]) -> str:
    """Say what to do about sheets with a bad signature that stands, nothing when there are none."""
    words = STRIKE_OUT[len(sheets) > 1]
    return gettext(words, numbers=write_numbers(sheets)) if sheets else ""


def chance_words(chance: float) -> str:
    """Say a chance as people do; nobody is promised certainty."""
    percent = round(100 * chance)
    if percent < 1:
        return gettext("less than 1 in 100")
    if percent > 99:
        return gettext("more than 99 in 100")
    return gettext("about %(percent)s in 100", percent=percent)


def hand_views(found: Collecting, collectors: tuple[CollectorRow, ...]) -> tuple[HandView, ...]:
    """Put how each collects into words, whoever needs help first."""
    hands = sorted(
        (one for one in collectors if one.id in found.hands),
        key=lambda one: (
            found.hands[one.id].judgement is not Judgement.WORSE,
            -found.hands[one.id].good,
            one.name,
        ),
    )
    return tuple(_hand(found, one) for one in hands)


def _hand(found: Collecting, one: CollectorRow) -> HandView:
    hand = found.hands[one.id]
    words, tone = JUDGEMENTS[hand.judgement]
    return HandView(
        name=one.name,
        good=hand.good,
        out=hand.out,
        share=_share(hand.share),
        judgement=gettext(words),
        tone=tone,
    )


def _share(share: Share | None) -> str:
    if share is None:
        return gettext("nothing counted yet")
    return gettext(
        "%(share)s%% with a defect; the true share is most likely between %(low)s and %(high)s%%",
        share=round(100 * share.value),
        low=round(100 * share.low),
        high=round(100 * share.high),
    )


def _formula(plan: PlanRow, pack: PackSignatures) -> str:
    rate, language = pack.shape.rate, current_language()
    share = f"{rate.per_mille / 10:g}".replace(".", "," if language == "ru" else ".")
    if rate.per_mandate:
        return gettext(
            "%(voters)s voters ÷ %(mandates)s seats × %(share)s%%, rounded up, at least %(least)s",
            voters=number(plan.voters or 0, language),
            mandates=plan.mandates,
            share=share,
            least=rate.least,
        )
    return gettext(
        "%(voters)s voters × %(share)s%%, rounded up, at least %(least)s",
        voters=number(plan.voters or 0, language),
        share=share,
        least=rate.least,
    )
