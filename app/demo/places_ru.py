"""Invented municipal districts of a northern city; no such councils or streets are known."""

from __future__ import annotations

from random import Random

from app.demo.plot import Place

COUNCILS = (
    "Тихая Гавань", "Сосновый Мыс", "Кирпичный Двор", "Дальний Маяк", "Липовая Аллея",
    "Старые Верфи", "Берёзовый Остров", "Каменный Брод", "Яблоневый Сад", "Заводской Пруд",
    "Северные Дворы", "Ольховый Ручей", "Канатная Слобода", "Зелёный Холм", "Медный Завод",
    "Туманная Коса", "Полевое", "Лоцманская Слобода", "Новые Огороды", "Синий Мост",
    "Парусная Сторона", "Рябиновая Горка", "Чайкино", "Малая Пристань", "Смольная Роща",
    "Фонарный Угол", "Хлебная Пристань", "Ключевая Долина", "Ивановы Луга", "Вересковое",
    "Стекольный Городок", "Травяной Остров", "Дубовый Лог", "Песчаная Отмель", "Кленовое",
    "Граничный Канал", "Солнечная Заводь", "Ветреный Берег", "Камышовое", "Трамвайный Парк",
    "Озёрные Дачи", "Верхние Пороги",
)  # fmt: skip
_KINDS = ("улица", "переулок", "проспект", "аллея", "набережная")
_FEMININE = (
    "Кленовая", "Маячная", "Бондарная", "Сиреневая", "Якорная", "Клубничная", "Тележная",
    "Ледовая", "Пристанская", "Гончарная", "Светлая", "Облачная", "Заречная", "Кружевная",
    "Ветряная", "Льняная", "Голубиная", "Каштановая", "Портняжная", "Рассветная", "Снежная",
    "Колодезная",
)  # fmt: skip
DISTRICTS = 4
SEATS = 5


def russian_places(seed: int) -> tuple[Place, ...]:
    """Give four districts of five seats in each council."""
    random = Random(seed)
    places = []
    for council in COUNCILS:
        streets = random.sample(_FEMININE, 12)
        for index in range(DISTRICTS):
            own = streets[index * 3 : index * 3 + 3]
            listed = "; ".join(f"{_street(name, random)}, {_houses(random)}" for name in own)
            places.append(
                Place(
                    council=council,
                    number=str(index + 1),
                    name="",
                    seats=SEATS,
                    electors=random.randint(58, 112) * 100 + random.randint(0, 99),
                    places_text=listed,
                )
            )
    return tuple(places)


def _street(name: str, random: Random) -> str:
    kind = random.choice(_KINDS)
    if kind in ("переулок", "проспект"):
        return f"{name.removesuffix('ая')}ый {kind}".replace("кый", "кий").replace("жый", "жий")
    return f"{name} {kind}"


def _houses(random: Random) -> str:
    first = random.randint(1, 20)
    return f"дома {first}–{first + random.randint(6, 30)}"
