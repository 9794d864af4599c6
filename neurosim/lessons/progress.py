"""How far a learner is, what was answered, and what the instructor hides or locks: the lesson part of a document.

It is saved as plain JSON under ``lesson``; every key is optional, and one that is not known is refused by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from neurosim.document.json_format import dumps, loads
from neurosim.document.state import DocumentState
from neurosim.lessons.hands import Hand, HandError, hand_of
from neurosim.lessons.question import State, Verdict
from neurosim.numbers.exact import Number
from neurosim.records import dataclass, field, replace

_STATES: tuple[State, ...] = ("right", "right_with_note", "wrong", "unreadable")
_KEYS = frozenset(
    {
        "name", "page", "stage", "answers", "predictions", "hints", "missed", "own", "at_own", "hide", "lock", "text",
        "files", "again", "reached", "review", "ended", "others",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What was typed into a box, and what was said to it; ``first_right``: it was right at once, without a hint."""

    text: str
    verdict: Verdict
    tries: int = 1
    first_right: bool = False

    @property
    def is_right(self) -> bool:
        """Whether it counts as right."""
        return self.verdict.is_right


@dataclass(frozen=True)
class Progress:
    """The lesson part of a document.

    Attributes:
        name: of the lesson; empty while none is open.
        page, stage: where the learner is, from 0.
        reached: the furthest page so far.
        answers: by the id of the box or the choice.
        predictions: the option that was committed to, by the id of the prediction.
        hints: how many were shown, by id of box or choice.
        missed: the questions that are to come back with other numbers.
        again: the seed of the other numbers that the page is on; ``None``: it is on its own.
        review: whether missed questions come back one after the other, after the last page.
        ended: whether all of the last page has been seen.
        others: how far the learner came in other lessons, by their names.
        own: the learner's own work while the lesson shows its own, as the text of a document.
        at_own: whether the learner has gone back to it.
        hand: what the instructor hides and locks in this document.
        text, files: a lesson that the document carries with it; empty: it is one of the program's own.
    """

    name: str = ""
    page: int = 0
    stage: int = 0
    reached: int = 0
    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))
    predictions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    hints: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    missed: tuple[str, ...] = ()
    again: int | None = None
    review: bool = False
    ended: bool = False
    others: Mapping[str, Progress] = field(default_factory=lambda: MappingProxyType({}))
    own: str = ""
    at_own: bool = False
    hand: Hand = field(default_factory=Hand)
    text: str = ""
    files: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def in_lesson(progress: Progress, name: str) -> Progress:
    """*progress* for the lesson of that name: as it was left, while the one before it is kept among the others.

    A lesson that was gone through to its end begins again at its first page, with what was answered.
    """
    if progress.name == name:
        return progress
    others = dict(progress.others)
    if progress.name:
        others[progress.name] = _alone(progress)
    found = others.pop(name, Progress(name=name))
    if found.ended:
        found = replace(found, page=0, stage=0)
    return replace(found, hand=progress.hand, others=MappingProxyType(others))


def _alone(progress: Progress) -> Progress:
    """What is kept of a lesson while another one is open."""
    nothing = Progress()
    return replace(
        progress,
        again=None,
        review=False,
        others=nothing.others,
        own="",
        at_own=False,
        hand=nothing.hand,
        text="",
        files=nothing.files,
    )


def progress_of(state: DocumentState) -> Progress:
    """The lesson part of *state*; what cannot be read there counts as not there (``problem_in`` says why)."""
    try:
        return _read(state.lesson or {})
    except (TypeError, ValueError, KeyError):
        return Progress()


def problem_in(state: DocumentState) -> str | None:
    """Why the lesson part of *state* cannot be used, as a sentence; ``None`` when it can."""
    try:
        _read(state.lesson or {})
    except (TypeError, ValueError, KeyError) as error:
        return f"The lesson in this document cannot be used: {error}."
    return None


def with_progress(state: DocumentState, progress: Progress) -> DocumentState:
    """*state* with that lesson part; an empty one is none."""
    return replace(state, lesson=_plain(progress))


def content_text(state: DocumentState) -> str:
    """Network, data and training of *state* as the text of a document."""
    return dumps(replace(state, lesson=None, view=MappingProxyType({})))


def with_content(state: DocumentState, text: str) -> DocumentState:
    """*state* with network, data and training of the document that *text* holds.

    Raises:
        DocumentFormatError: it holds none.
    """
    found = loads(text)
    return replace(state, network=found.network, dataset=found.dataset, training=found.training)


def same_content(one: DocumentState, other: DocumentState) -> bool:
    """Whether two states show the same network, data and training."""
    return (one.network, one.dataset, one.training) == (other.network, other.dataset, other.training)


# -- JSON ------------------------------------------------------------------------------------------------------------


def _plain(progress: Progress) -> Mapping[str, Any] | None:
    found: dict[str, Any] = {}
    for key in ("name", "page", "stage", "reached", "own", "at_own", "again", "review", "ended", "text"):
        value = getattr(progress, key)
        if value or (key == "again" and value is not None):
            found[key] = value
    if progress.answers:
        found["answers"] = {name: _plain_answer(answer) for name, answer in progress.answers.items()}
    for key in ("predictions", "hints", "files"):
        if getattr(progress, key):
            found[key] = dict(getattr(progress, key))
    if progress.others:
        found["others"] = {name: dict(_plain(other) or {}) for name, other in progress.others.items()}
    if progress.missed:
        found["missed"] = list(progress.missed)
    if progress.hand.hidden:
        found["hide"] = sorted(progress.hand.hidden)
    if progress.hand.locked:
        found["lock"] = sorted(progress.hand.locked)
    return MappingProxyType(found) if found else None


def _plain_answer(answer: Answer) -> dict[str, Any]:
    verdict = answer.verdict
    found: dict[str, Any] = {"text": answer.text, "state": verdict.state, "tries": answer.tries}
    spoken = {"read_as": verdict.read_as, "message": verdict.message, "error": verdict.error}
    found |= {key: text for key, text in spoken.items() if text}
    if verdict.value is not None:
        found["value"] = str(verdict.value) if isinstance(verdict.value, Fraction) else verdict.value
    if answer.first_right:
        found["first_right"] = True
    return found


def _read(raw: Mapping[str, Any]) -> Progress:
    for key in raw:
        if key not in _KEYS:
            raise ValueError(f'"{key}" is not known in it; known are {", ".join(sorted(_KEYS))}')
    try:
        hand = hand_of(_texts(raw, "hide"), _texts(raw, "lock"))
    except HandError as error:
        raise ValueError(str(error)) from error
    again = raw.get("again")
    return Progress(
        name=_text(raw.get("name", ""), "name"),
        page=_whole(raw.get("page", 0), "page"),
        stage=_whole(raw.get("stage", 0), "stage"),
        reached=_whole(raw.get("reached", 0), "reached"),
        answers=MappingProxyType({key: _answer(value) for key, value in _object(raw, "answers").items()}),
        predictions=MappingProxyType(
            {key: _text(value, "predictions") for key, value in _object(raw, "predictions").items()}
        ),
        hints=MappingProxyType({key: _whole(value, "hints") for key, value in _object(raw, "hints").items()}),
        missed=_texts(raw, "missed"),
        again=None if again is None else _whole(again, "again"),
        review=bool(raw.get("review", False)),
        ended=bool(raw.get("ended", False)),
        others=MappingProxyType({name: _other(name, other) for name, other in _object(raw, "others").items()}),
        own=_text(raw.get("own", ""), "own"),
        at_own=bool(raw.get("at_own", False)),
        hand=hand,
        text=_text(raw.get("text", ""), "text"),
        files=MappingProxyType({key: _text(value, "files") for key, value in _object(raw, "files").items()}),
    )


def _other(name: str, raw: object) -> Progress:
    if not isinstance(raw, Mapping):
        raise TypeError('a lesson of "others" should be an object')
    return replace(_read(raw), name=name)


def _answer(raw: object) -> Answer:
    if not isinstance(raw, Mapping):
        raise TypeError('an answer should be an object with "text" and "state"')
    state = next((known for known in _STATES if known == raw.get("state")), None)
    if state is None:
        raise ValueError(f'the "state" of an answer is one of {", ".join(_STATES)}')
    value = raw.get("value")
    number: Number | None = None
    if isinstance(value, str):
        number = Fraction(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        number = float(value)
    error = raw.get("error")
    verdict = Verdict(
        state,
        _text(raw.get("read_as", ""), "read_as"),
        _text(raw.get("message", ""), "message"),
        None if error is None else _text(error, "error"),
        number,
    )
    tries = _whole(raw.get("tries", 1), "tries")
    return Answer(_text(raw.get("text", ""), "text"), verdict, tries, bool(raw.get("first_right", False)))


def _object(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = raw.get(key, {})
    if not isinstance(value, Mapping):
        raise TypeError(f'"{key}" should be an object')
    return value


def _texts(raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = raw.get(key, [])
    if not isinstance(value, list | tuple):
        raise TypeError(f'"{key}" should be a list')
    return tuple(_text(item, key) for item in value)


def _text(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f'"{key}" should be a text')
    return value


def _whole(value: object, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f'"{key}" should be a whole number from 0 on')
    return value
