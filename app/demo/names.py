"""Invented people. Surnames are rare on purpose: no politician is meant, or known to bear them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

RU_SURNAMES = (
    "Ветлугин", "Рябинкин", "Заозёров", "Полянцев", "Черемушкин", "Листвянов", "Березняков",
    "Камышовкин", "Орешников", "Подорожников", "Тихоступов", "Лодейкин", "Малинников",
    "Снегирёв", "Туманцев", "Звонцов", "Перелескин", "Калиткин", "Росинкин", "Брусничкин",
    "Воронихин", "Голубцов", "Дубравин", "Елисеевский", "Жаворонкин", "Зарянкин", "Иволгин",
    "Клёнов", "Лукошкин", "Мостовщиков", "Набережнев", "Овсянкин", "Парусников", "Ручейников",
    "Синицын", "Травинкин", "Угличинин", "Фонарщиков", "Хлебосолов", "Цветиков", "Часовников",
    "Шиповников", "Юрьевцев", "Яблочков", "Аистов", "Бубенцов", "Васильковский",
    "Грачёвский", "Дощаников", "Ежевикин", "Журавкин", "Земляникин", "Инеев", "Колокольцев",
    "Ласточкин", "Метёлкин", "Невидов", "Околицын", "Разливин", "Сенокосов",
    "Трубников", "Уключин", "Филинов", "Холстов", "Цаплин", "Шелестов", "Щавелев",
    "Яснов", "Амбаров", "Боровиков", "Веточкин", "Горницын", "Ершов", "Желудёв",
    "Зимородков", "Ивняков", "Кружевин", "Ледоходов", "Мельничук", "Незабудкин", "Ольховский",
    "Пряхин", "Родников", "Светёлкин", "Тростников", "Утёсов", "Флюгеров", "Ходулин",
    "Черничкин", "Шалашов", "Ярмаркин",
)  # fmt: skip
RU_MEN = (
    "Андрей", "Антон", "Артём", "Борис", "Вадим", "Валентин", "Виктор", "Виталий", "Глеб",
    "Григорий", "Даниил", "Денис", "Егор", "Иван", "Игорь", "Илья", "Кирилл", "Константин",
    "Лев", "Максим", "Матвей", "Николай", "Олег", "Павел", "Пётр", "Роман", "Семён", "Степан",
    "Тимофей", "Фёдор", "Юрий", "Ярослав",
)  # fmt: skip
RU_WOMEN = (
    "Алина", "Алла", "Анастасия", "Анна", "Валерия", "Варвара", "Вера", "Виктория", "Галина",
    "Дарья", "Евгения", "Екатерина", "Елена", "Жанна", "Зоя", "Инна", "Ирина", "Кира", "Ксения",
    "Лариса", "Лидия", "Любовь", "Людмила", "Марина", "Мария", "Надежда", "Наталья", "Нина",
    "Ольга", "Полина", "Светлана", "Софья", "Таисия", "Тамара", "Татьяна", "Ульяна", "Юлия",
)  # fmt: skip
RU_FATHERS = (
    "Алексеев", "Андреев", "Антонов", "Борисов", "Вадимов", "Викторов", "Геннадьев",
    "Григорьев", "Денисов", "Евгеньев", "Иванов", "Игорев", "Кириллов", "Леонидов", "Максимов",
    "Михайлов", "Николаев", "Олегов", "Павлов", "Петров", "Романов", "Семёнов", "Сергеев",
    "Степанов", "Фёдоров", "Юрьев", "Яковлев",
)  # fmt: skip
EN_SURNAMES = (
    "Ashcombe", "Birkwhistle", "Cobbleton", "Dunnockby", "Elderwick", "Fernleigh", "Gorsedale",
    "Hazelgrave", "Ivybridge", "Juniperson", "Kestrelby", "Larkham", "Mallowfield", "Nettlebrook",
    "Oatridge", "Pippinshaw", "Quillby", "Rushmere", "Sedgeley", "Teaselwood", "Underhay",
    "Vetchworth", "Willowbank", "Yarrowden",
)  # fmt: skip
EN_FIRST = (
    "Abigail", "Adam", "Aisha", "Alice", "Amir", "Beth", "Callum", "Charlotte", "Daniel", "Devika",
    "Edward", "Ella", "Fatima", "George", "Grace", "Harriet", "Imran", "Isaac", "Joan", "Joseph",
    "Kofi", "Laura", "Leah", "Martin", "Megan", "Nadia", "Oliver", "Olivia", "Patrick", "Priya",
    "Rachel", "Ravi", "Rosa", "Samuel", "Sarah", "Thomas", "Tomasz", "Victoria", "Wendy", "Zara",
)  # fmt: skip
EN_SECOND = (
    "Ashley", "Blair", "Cameron", "Drew", "Ellis", "Frances", "Glenn", "Harper", "Jean", "Kit",
    "Lee", "Morgan", "Noel", "Perry", "Robin", "Sidney", "Tracy", "Wren",
)  # fmt: skip
"""Second names, written in full as a nomination paper asks for them."""
_ADJECTIVES = ("ский", "ый")


def russian_people(random: Random, count: int) -> list[str]:
    """Give different full names, surname first, as a Russian form asks for them."""
    return _different(random, count, _russian)


def english_people(random: Random, count: int) -> list[str]:
    """Give different full names."""
    return _different(random, count, _english)


def _different(random: Random, count: int, make: Callable[[Random], str]) -> list[str]:
    names: dict[str, None] = {}
    while len(names) < count:
        names.setdefault(make(random))
    return list(names)


def _russian(random: Random) -> str:
    surname, father = random.choice(RU_SURNAMES), random.choice(RU_FATHERS)
    if random.random() < 0.52:
        return f"{feminine(surname)} {random.choice(RU_WOMEN)} {father}на"
    return f"{surname} {random.choice(RU_MEN)} {father}ич"


def feminine(surname: str) -> str:
    """Give a surname as a woman bears it."""
    for ending in _ADJECTIVES:
        if surname.endswith(ending):
            return surname.removesuffix("ий").removesuffix("ый") + "ая"
    return f"{surname}а" if surname.endswith(("ов", "ев", "ёв", "ин", "ын")) else surname


def _english(random: Random) -> str:
    second = random.choice(EN_SECOND)
    return f"{random.choice(EN_FIRST)} {second} {random.choice(EN_SURNAMES)}"
