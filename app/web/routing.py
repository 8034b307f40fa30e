"""Routes that say who may use them; a route that does not say is refused at start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, Flask
from werkzeug.routing import IntegerConverter, Map, Rule

from app.access import Access

View = TypeVar("View", bound=Callable[..., Any])
Builder = Callable[..., tuple[str, str]]
LARGEST_ID = 2**63 - 1


class UndeclaredAccess(RuntimeError):
    """A route was added without saying who may use it."""


class BuiltWhenAsked(Rule):
    """A URL rule whose builders of addresses are compiled when the first address is asked for.

    Werkzeug compiles two for every rule at once: most of what assembling the program takes, for
    addresses of which a process builds a few.
    """

    def _compile_builder(
        self,
        append_unknown: bool = True,
    ) -> Builder:
        compile_now = super()._compile_builder
        compiled: list[Builder] = []

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            if not compiled:
                compiled.append(compile_now(append_unknown))
            return compiled[0](rule, **values)

        return build


class AccessRule(BuiltWhenAsked):
    """A URL rule that carries its access policy."""

    def __init__(self, string: str, *, access: Access | None = None, **options: Any) -> None:
        super().__init__(string, **options)
        self.access = access

    def get_empty_kwargs(self) -> dict[str, Any]:
        """Copy the policy along when werkzeug copies the rule."""
        return {**super().get_empty_kwargs(), "access": self.access}


class IdConverter(IntegerConverter):
    """A row's number: bounded, so that no address can overflow the database's integers."""

    def __init__(self, map: Map, *args: Any, **options: Any) -> None:  # noqa: A002
        options.setdefault("max", LARGEST_ID)
        super().__init__(map, *args, **options)


class Section(Blueprint):
    """A feature's routes. ``get`` and ``post`` demand an access policy."""

    def __init__(self, name: str, import_name: str, *, url_prefix: str | None = None) -> None:
        super().__init__(name, import_name, url_prefix=url_prefix, template_folder="templates")

    def get(self, rule: str, *, access: Access, **options: Any) -> Callable[[View], View]:  # type: ignore[override]
        """Add a route that only reads."""
        return self.route(rule, methods=["GET"], access=access, **options)

    def post(self, rule: str, *, access: Access, **options: Any) -> Callable[[View], View]:  # type: ignore[override]
        """Add a route that may write."""
        return self.route(rule, methods=["POST"], access=access, **options)


def use_access_rules(app: Flask) -> None:
    """Make the program's rules carry policies and its numbers bounded."""
    app.url_rule_class = AccessRule  # type: ignore[assignment]
    app.url_map.converters["int"] = IdConverter


def access_of(rule: Rule) -> Access:
    """Give the policy of a rule.

    Raises UndeclaredAccess when the rule has none.
    """
    access = getattr(rule, "access", None)
    if access is None:
        raise UndeclaredAccess(f"{rule.rule} ({rule.endpoint}) does not say who may use it")
    return access  # type: ignore[no-any-return]


def require_declared_access(app: Flask) -> None:
    """Refuse to start when any route lacks a policy."""
    for rule in app.url_map.iter_rules():
        access_of(rule)
