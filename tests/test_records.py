"""Records are as frozen dataclasses: made, compared, hashed, shown and replaced by their fields."""

from __future__ import annotations

import pickle
from dataclasses import fields, replace

import pytest

from convex_lint.records import entity, record


@record
class Nothing:
    """No fields."""


@record
class One:
    """One field."""

    name: str


@record
class Two:
    """Two fields, one with a default."""

    name: str
    inner: One | None = None


@entity
class Thing:
    """Each is another."""

    name: str


def test_records_of_the_same_fields_are_the_same() -> None:
    assert Two("a", One("b")) == Two(name="a", inner=One("b"))
    assert Two("a") != Two("b")
    assert Two("a") != Two("a", One("b"))
    other: object = Thing("a")
    assert other not in (One("a"), Thing("a"))
    assert Nothing() == Nothing()
    assert len({Nothing(), Nothing(), One("a"), One("a"), Two("a"), Two("a", None)}) == 3


def test_entities_are_compared_by_identity() -> None:
    one = Thing("a")
    assert one == one  # noqa: PLR0124  it is the same one
    assert one != Thing("a")
    assert len({one, one, Thing("a")}) == 2


def test_a_record_is_a_dataclass_to_others() -> None:
    one = Two("a", One("b"))
    assert replace(one, name="c") == Two("c", One("b"))
    assert [field.name for field in fields(one)] == ["name", "inner"]
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301  our own
    assert repr(one) == "Two(name='a', inner=One(name='b'))"
    match one:
        case Two(name, inner=One(other)):
            assert (name, other) == ("a", "b")
        case _:
            pytest.fail("it is a `Two`")


def test_a_field_without_a_default_must_be_given() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'name'"):
        One()  # type: ignore[call-arg]
