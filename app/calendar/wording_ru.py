"""Explanations of deadlines in Russian."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.calendar.rules import RuleKind
from app.calendar.wording import AnchorWords, Counted, grouped_days, joined_sentences

MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)
WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")


def plural(count: int, one: str, few: str, many: str) -> str:
    """The form of a noun after a number: 1 день, 2 дня, 5 дней, 21 день."""
    if count % 10 == 1 and count % 100 != 11:
        return one
    if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14):
        return few
    return many


def _days(count: int) -> str:
    return f"{count} {plural(count, 'день', 'дня', 'дней')}"


def _months(count: int) -> str:
    return f"{count} {plural(count, 'месяц', 'месяца', 'месяцев')}"


def listed(days: Sequence[date]) -> str:
    """«25, 28 декабря, 1 января»."""
    groups = grouped_days(days, MONTHS)
    return ", ".join(f"{', '.join(map(str, numbers))} {month}" for numbers, month in groups)


def _long(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year} года"


def _uncounted(counted: Counted) -> str:
    if counted.holidays:
        return f"не считаются {listed(counted.holidays)} и выходные"
    return "не считаются выходные" if counted.is_known else "считаются только рабочие дни"


def _full_days(counted: Counted, lead: str) -> str:
    remain = plural(counted.count, "остаётся 1 полный день", "остаются", "остаётся")
    if not remain.endswith("день"):
        full = "полных дня" if remain == "остаются" else "полных дней"
        remain = f"{remain} {counted.count} {full}"
    elif counted.count > 1:
        remain = f"остаётся {counted.count} полный день"
    return f"{lead} за {_days(counted.count)} до {counted.anchor.of}: между этими днями {remain}"


def _not_later(counted: Counted) -> str:
    return _full_days(counted, "не позднее чем")


def _not_earlier(counted: Counted) -> str:
    return _full_days(counted, "не ранее чем")


def _full(counted: Counted) -> str:
    return _full_days(counted, "").lstrip()


def _calendar_before(counted: Counted) -> str:
    if counted.count == 1:
        return f"накануне {counted.anchor.of}"
    return f"{counted.count}-й календарный день до {counted.anchor.of}"


def _calendar_after(counted: Counted) -> str:
    if counted.count == 1:
        return f"на следующий день после {counted.anchor.of}"
    return (
        f"{counted.count}-й календарный день после {counted.anchor.of}; "
        "с выходного дня срок не переносится"
    )


def _beginning_with(counted: Counted) -> str:
    return (
        f"{counted.count}-й день, считая {counted.anchor.name} первым; "
        "с выходного дня срок не переносится"
    )


def _working_before(counted: Counted) -> str:
    return f"{counted.count}-й рабочий день до {counted.anchor.of}; {_uncounted(counted)}"


def _working_after(counted: Counted) -> str:
    return f"{counted.count}-й рабочий день после {counted.anchor.of}; {_uncounted(counted)}"


def _rolling(counted: Counted) -> str:
    start = f"{counted.count}-й календарный день после {counted.anchor.of}"
    if not counted.is_known:
        return f"{start}; с нерабочего дня срок переходит на следующий рабочий"
    if counted.moved_from is None or counted.moved_to is None:
        return f"{start}; это рабочий день, срок не переносится"
    holidays = [day for day in counted.holidays if day != counted.moved_from]
    verb = "не считается" if len(holidays) == 1 else "не считаются"
    extra = f" ({verb} {listed(holidays)})" if holidays else ""
    weekday = (
        "праздничный день"
        if counted.moved_from in counted.holidays
        else WEEKDAYS[counted.moved_from.weekday()]
    )
    return (
        f"{start} — {listed([counted.moved_from])}, {weekday}; "
        f"срок переходит на первый рабочий день, {listed([counted.moved_to])}{extra}"
    )


def _months_before(counted: Counted) -> str:
    return f"за {_months(counted.count)} до {counted.anchor.of}, {_same_day(counted)}"


def _months_after(counted: Counted) -> str:
    return (
        f"через {_months(counted.count)} после {counted.anchor.of}, {_same_day(counted)}; "
        "с выходного дня срок не переносится"
    )


def _same_day(counted: Counted) -> str:
    if counted.is_clamped and counted.is_known:
        return "последний день месяца: такого числа в нём нет"
    return "то же число месяца"


_CLAUSES: Mapping[RuleKind, Callable[[Counted], str]] = {
    RuleKind.ON: lambda counted: counted.anchor.on,
    RuleKind.BEFORE: lambda counted: f"до {counted.anchor.of}",
    RuleKind.GIVEN: lambda counted: (
        "дата официально объявлена" if counted.is_known else "дату объявляют, её не вычисляют"
    ),
    RuleKind.NOT_LATER_THAN_DAYS_BEFORE: _not_later,
    RuleKind.NOT_EARLIER_THAN_DAYS_BEFORE: _not_earlier,
    RuleKind.FULL_DAYS_BEFORE: _full,
    RuleKind.CALENDAR_DAYS_BEFORE: _calendar_before,
    RuleKind.CALENDAR_DAYS_AFTER: _calendar_after,
    RuleKind.DAYS_BEGINNING_WITH: _beginning_with,
    RuleKind.WORKING_DAYS_BEFORE: _working_before,
    RuleKind.WORKING_DAYS_AFTER: _working_after,
    RuleKind.DAYS_AFTER_ROLLING: _rolling,
    RuleKind.MONTHS_BEFORE: _months_before,
    RuleKind.MONTHS_AFTER: _months_after,
}


def _words(name: str, of: str, on: str | None = None) -> AnchorWords:
    return AnchorWords(of=of, on=on or f"в день {of}", name=name)


_ANCHORS: Mapping[str, AnchorWords] = {
    "polling_day": _words("день голосования", "голосования"),
    "first_polling_day": _words(
        "первый день голосования", "первого дня голосования", "в первый день голосования"
    ),
    "called": _words("день назначения выборов", "принятия решения о назначении выборов"),
    "published": _words(
        "день публикации решения о назначении выборов",
        "публикации решения о назначении выборов",
    ),
    "nominations_open": _words("объявленный день начала выдвижения", "начала выдвижения"),
    "nominated": _words("день решения партии о выдвижении", "решения партии о выдвижении"),
    "consented": _words(
        "день подачи заявления о согласии баллотироваться",
        "подачи заявления о согласии баллотироваться",
    ),
    "sheets_paid": _words("день оплаты подписных листов", "оплаты подписных листов"),
    "representative_papers": _words(
        "день подачи документов финансового представителя",
        "подачи документов финансового представителя",
    ),
    "proxy_papers": _words(
        "день подачи документов доверенных лиц", "подачи документов доверенных лиц"
    ),
    "submitted": _words("день сдачи документов на регистрацию", "сдачи документов на регистрацию"),
    "sitting": _words(
        "день заседания комиссии о регистрации",
        "заседания комиссии о регистрации",
    ),
    "decided": _words("день решения о регистрации", "решения о регистрации"),
    "distribution": _words(
        "день начала распространения материала", "начала распространения материала"
    ),
    "room_requested": _words("день подачи заявки на помещение", "подачи заявки на помещение"),
    "receipt": _words("день поступления пожертвования", "поступления пожертвования"),
    "declared": _words("день объявления результата в округе", "объявления результата в округе"),
    "member_returned": _words(
        "день передачи сведений об избранном депутате",
        "передачи сведений об избранном депутате",
    ),
    "office_began": _words("день вступления в должность", "вступления в должность"),
    "return_delivered": _words("день сдачи отчёта агентом", "сдачи отчёта агентом"),
    "back_in_country": _words("день возвращения в страну", "возвращения в страну"),
    "results": _words(
        "день официального опубликования общих результатов выборов",
        "официального опубликования общих результатов выборов",
    ),
    "elected_notice": _words("день извещения об избрании", "извещения об избрании"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RussianWording:
    """Russian sentences."""

    anchors: Mapping[str, AnchorWords]
    unscheduled: str

    def on_the_day(self, of: str) -> str:
        """«В день …»."""
        return f"в день {of}"

    def clause(self, counted: Counted) -> str:
        """How the day is counted."""
        return _CLAUSES[counted.kind](counted)

    def held_back(self, anchor: AnchorWords) -> str:
        """The later event decides."""
        return f"не раньше {anchor.of}"

    def not_in_force(self, since: date | None, until: date | None) -> str:
        """The rule does not govern this election."""
        limits = [f"с {_long(since)}"] if since else []
        limits += [f"по {_long(until)}"] if until else []
        if not limits:
            return "к этому голосованию правило не относится"
        return f"правило относится только к голосованиям {' '.join(limits)}"

    def missing(self, names: Sequence[str]) -> str:
        """Which dates must be known first."""
        return f"пока не известен {' или '.join(names)}"

    def sentences(self, parts: Sequence[str]) -> str:
        """The parts as sentences."""
        return joined_sentences(parts)


RUSSIAN = RussianWording(anchors=_ANCHORS, unscheduled="постоянной даты нет")
