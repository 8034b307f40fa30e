"""What planted support pages say, and who gives how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Odd = tuple[int, Mapping[str, str]]
"""A gift the rules will not take as it is: its sum, and the answers that differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftWords:
    """The words and sums of one coalition; sums in minor units."""

    pages: tuple[tuple[str, str], ...]
    imprint: str
    goal_minor: int
    marks: tuple[tuple[int, str], ...]
    amounts: tuple[str, ...]
    usual_minor: tuple[int, ...]
    stated_limit_minor: int
    limit_source: str
    givers: tuple[str, ...]
    said: Mapping[str, str]
    odd: tuple[Odd, ...]

    def answers(self, giver: int) -> dict[str, str]:
        """Give the answers of a giver; each giver has a paper of their own."""
        found = {key: words.format(giver + 1) for key, words in self.said.items()}
        return {"full_name": self.givers[giver % len(self.givers)], **found}


RU = GiftWords(
    pages=(
        (
            "Двор, в котором хочется остаться",
            ("Я живу в этом округе двадцать лет и знаю, где весной стоит вода и где не горит "
            "фонарь.\n\nНа эти деньги мы напечатаем листы для подписей и листовки — и обойдём "
            "каждый подъезд."),
        ),
        (
            "Честный бюджет округа",
            ("Муниципальный бюджет небольшой, и каждая строка в нём видна.\n\nПомогите рассказать "
            "о нём соседям: печать стоит дороже всего."),
        ),
        (
            "Лавочки, деревья и тихие улицы",
            ("Мы уже собрали триста обращений жителей.\n\nТеперь нужны листовки, чтобы о встречах "
            "узнали все."),
        ),
    ),
    imprint="",
    goal_minor=6_000_000,
    marks=((600_000, "печать подписных листов"), (2_500_000, "листовки для всех подъездов")),
    amounts=("пачка подписных листов", "листовки для подъезда", "листовки для трёх домов"),
    usual_minor=(30_000, 50_000, 100_000, 100_000, 150_000, 300_000),
    stated_limit_minor=1_000_000,
    limit_source="Памятка комиссии (выдумана для демо), с. 4",
    givers=(
        "Соловьёва Нина Павловна", "Гусев Артём Ильич", "Лебедева Ольга Петровна",
        "Зайцев Денис Олегович", "Воробьёва Яна Сергеевна", "Ершов Пётр Андреевич",
        "Белкина Алла Юрьевна", "Ёлкин Семён Львович", "Рябинина Вера Глебовна",
    ),
    said={
        "birth_date": "1980-05-17",
        "address": "Тихая Гавань, Садовая ул., д. {}",
        "passport": "4000 1234{:02d}",
        "citizenship": "ru",
        "own_money": "yes",
    },
    odd=(
        (200_000, {"passport": ""}),
        (150_000, {"citizenship": "other"}),
        (1_400_000, {}),
        (100_000, {"full_name": "", "address": ""}),
        (50_000, {"own_money": ""}),
    ),
)  # fmt: skip
EN = GiftWords(
    pages=(
        (
            "Safe crossings and warm libraries",
            ("I have lived in this ward for nineteen years.\n\nYour gift pays for leaflets and for "
            "a stall outside the library, so that everybody hears what is planned."),
        ),
        (
            "A ward that answers its mail",
            ("The council decides about buses, parks and bins.\n\nHelp me tell every street what "
            "it has decided."),
        ),
    ),
    imprint="Promoted by {0} on behalf of {0}, 110 High Street, Engleston AB12 3CD",
    goal_minor=120_000,
    marks=((15_000, "a leaflet for every street"), (60_000, "a second leaflet and a stall")),
    amounts=("fifty leaflets", "a street of leaflets", "a morning at the stall"),
    usual_minor=(1_000, 1_500, 2_500, 4_000, 5_000),
    stated_limit_minor=5_000_000,
    limit_source="Memo of the returning officer (made up for the demo), p. 2",
    givers=(
        "Nora Field", "Arthur Reed", "Olive Marsh", "Dennis Hare", "Jane Wren", "Peter Perch",
        "Alma Squires", "Simon Firth", "Vera Rowan",
    ),
    said={
        "postcode": "AB12 3CD",
        "address": "{} High Street, Engleston",
        "on_register": "yes",
        "own_money": "yes",
        "not_organisation": "yes",
    },
    odd=(
        (7_500, {"own_money": ""}),
        (20_000, {}),
        (10_000, {"not_organisation": ""}),
        (6_000, {"address": ""}),
    ),
)  # fmt: skip
