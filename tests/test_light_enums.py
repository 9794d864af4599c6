"""Enumerations that are made quickly are those that ``enum`` makes."""

from __future__ import annotations

import copy
import enum
import pickle
import subprocess
import sys

import pytest

from neurosim.light_start import enums

MEMBERS = {
    "plain": [("one", 1), ("two", 2), ("four", 4)],
    "another order": [("four", 4), ("one", 1), ("two", 2)],
    "two names of one": [("one", 1), ("first", 1), ("two", 2), ("again", 1)],
    "several bits": [("both", 3), ("one", 1), ("all", 7), ("none", 0)],
    "large": [("high", 1 << 31), ("higher", 1 << 40)],
    "one": [("alone", 5)],
    "none": [],
}
KINDS = [
    *((kind, None) for kind in enums.KINDS),
    *((kind, boundary) for kind in (enum.Flag, enum.IntFlag) for boundary in (enum.KEEP, enum.CONFORM)),
]


@pytest.mark.parametrize(("kind", "boundary"), KINDS, ids=lambda one: getattr(one, "__name__", str(one)))
@pytest.mark.parametrize("members", MEMBERS.values(), ids=MEMBERS)
def test_nothing_tells_them_apart(kind, boundary, members):
    quick, slow = enums.quick(kind, "Made", members, boundary), enums.by_enum(kind, "Made", members, boundary)
    assert enums.alike(quick, slow)
    assert [(one.name, one.value) for one in quick] == [(one.name, one.value) for one in slow]
    assert list(quick.__members__) == list(slow.__members__)
    assert [repr(one) for one in quick.__members__.values()] == [repr(one) for one in slow.__members__.values()]
    assert (len(quick), repr(quick), dir(quick)) == (len(slow), repr(slow), dir(slow))
    for name, value in members:
        assert quick(value) is quick[name] is getattr(quick, name)
        assert quick[name].value == value
        assert isinstance(quick[name], quick)
        assert copy.deepcopy(quick[name]) is quick[name]
        if issubclass(kind, enum.Flag):
            assert repr(quick[name] | quick[members[0][0]]) == repr(slow[name] | slow[members[0][0]])
            assert (~quick[name]).value == (~slow[name]).value
    with pytest.raises(AttributeError):
        _ = quick.missing
    if members:
        with pytest.raises(AttributeError):
            setattr(quick, members[0][0], 3)


def test_alike_sees_what_differs():
    made = enums.by_enum(enum.IntFlag, "Made", MEMBERS["plain"])
    assert not enums.alike(made, enums.by_enum(enum.IntFlag, "Made", MEMBERS["another order"]))
    assert not enums.alike(made, enums.by_enum(enum.IntEnum, "Made", MEMBERS["plain"]))
    assert not enums.alike(made, enums.by_enum(enum.IntFlag, "Made", MEMBERS["plain"], enum.CONFORM))
    changed = enums.by_enum(enum.IntFlag, "Made", MEMBERS["plain"])
    changed.two._sort_order_ = 7
    assert not enums.alike(made, changed)


Colour = enum.IntEnum("Colour", [("RED", 1), ("BLUE", 2)])


def test_installed_it_makes_those_of_numbers_and_leaves_the_others(monkeypatch):
    monkeypatch.setattr(enum.EnumType, "_create_", enum.EnumType._create_)  # as it was, at the end
    assert enums.install()
    assert enums.install(), "once is enough"
    made = enum.IntEnum("Made", [("RED", 1), ("BLUE", 2)])
    assert made.__module__ == __name__
    assert enum.Flag("Inner", [("A", 1)], qualname="Outer.Inner", module="elsewhere").__qualname__ == "Outer.Inner"
    assert [one.value for one in enum.Enum("Words", "one two three")] == [1, 2, 3]
    assert enum.Enum("Named", [("name", 1), ("value", 2)])["name"].value == 1
    assert enum.Enum("Told", [("text", "word")]).text.value == "word"
    assert enum.IntFlag("Below", [("minus", -1)]).minus.value == -1
    with pytest.raises(TypeError):
        enum.Enum("Twice", [("one", 1), ("one", 2)])
    assert pickle.loads(pickle.dumps(Colour.RED)) is Colour.RED  # noqa: S301  # our own bytes


def test_all_of_qt_is_as_enum_makes_it():
    code = """
from neurosim.light_start import enums
assert enums.install()
made, quick = [], enums.quick
def kept(*arguments):
    made.append((quick(*arguments), arguments))
    return made[-1][0]
enums.quick = kept
import PySide6.QtCore, PySide6.QtGui, PySide6.QtWidgets
for module in (PySide6.QtCore, PySide6.QtGui, PySide6.QtWidgets):
    for name in dir(module):
        getattr(module, name)
told = lambda one: (one.__mro__[1:], [(name, member._name_, member._value_, member._sort_order_)
                                      for name, member in one.__members__.items()],
                    [one._name_ for one in one], getattr(one, "_flag_mask_", 0), getattr(one, "_all_bits_", 0))
print(len(made), [one.__qualname__ for one, how in made if told(one) != told(enums.by_enum(*how))])
Qt = PySide6.QtCore.Qt
assert Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop == Qt.AlignmentFlag(0x21)
assert Qt.Key(0x41) is Qt.Key.Key_A and Qt.Key.Key_A.__class__.__module__ == "PySide6.QtCore"
label = PySide6.QtWidgets.QApplication([]) and PySide6.QtWidgets.QLabel()
label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
assert label.alignment() == Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    count, _, different = done.stdout.strip().partition(" ")
    assert int(count) > 500
    assert different == "[]"
