"""What is loaded once: the garbage collector waits meanwhile, leaves it alone afterwards and goes on with the rest."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
import typeguard

from etl.extraction.units import is_measurement
from etl.lasting import lasting


@pytest.fixture(autouse=True)
def _collector_as_it_was() -> Iterator[None]:
    threshold = gc.get_threshold()
    yield
    gc.set_threshold(*threshold)
    gc.unfreeze()


class Link:
    """Holds itself, so that only the collector can take it away."""

    def __init__(self) -> None:
        self.itself = self


def test_the_collector_waits_while_something_loads_and_goes_on_afterwards() -> None:
    with lasting():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_collector_that_is_off_stays_off() -> None:
    gc.disable()
    try:
        with lasting():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_collector_goes_on_where_loading_fails() -> None:
    with pytest.raises(OSError, match="damaged"), lasting():
        raise OSError("damaged")
    assert gc.isenabled()


def test_what_was_loaded_is_walked_no_more_and_what_comes_later_is_collected() -> None:
    with lasting():
        loaded = {"a model": [1]}
    later = weakref.ref(Link())
    gc.collect()
    assert not any(one is loaded for one in gc.get_objects())
    assert later() is None


def test_a_wider_step_of_the_collector_that_the_program_has_set_stays() -> None:
    gc.set_threshold(50_000, 5, 5)
    with lasting():
        pass
    assert gc.get_threshold() == (50_000, 5, 5)


def test_loading_units_leaves_other_libraries_their_checks_of_types() -> None:
    words = "a crater 12 furlongs wide"
    assert is_measurement(words, words.index("12"), words.index("12") + 2)
    assert typeguard.typechecked.__module__.startswith("typeguard")
