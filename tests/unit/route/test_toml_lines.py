from __future__ import annotations

from app.toml_lines import line_index

TEXT = '''\
title = "a"
[one.two]
long = """
key = "not a key"
[not.a.table]
"""
list = [
  { a = 1 }, # { not this }
  { a = "[" },
]
[[many]]
x = 1
[[many]]
x = 2
[many.sub]
"quoted key".dotted = 3
'''


def test_every_key_and_element_knows_its_line() -> None:
    assert line_index(TEXT) == {
        ("title",): 1,
        ("one",): 2,
        ("one", "two"): 2,
        ("one", "two", "long"): 3,
        ("one", "two", "list"): 7,
        ("one", "two", "list", 0): 8,
        ("one", "two", "list", 1): 9,
        ("many",): 11,
        ("many", 0): 11,
        ("many", 0, "x"): 12,
        ("many", 1): 13,
        ("many", 1, "x"): 14,
        ("many", 1, "sub"): 15,
        ("many", 1, "sub", "quoted key"): 16,
        ("many", 1, "sub", "quoted key", "dotted"): 16,
    }
