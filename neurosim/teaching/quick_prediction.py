"""A prediction asked in the middle of a class: a lesson of one page, made of the document as it stands."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from neurosim.document.json_format import dumps
from neurosim.document.state import DocumentState
from neurosim.engine.evaluate import evaluate
from neurosim.lessons.commands import CommandError, Place, carry_out, read_command
from neurosim.lessons.lesson import Lesson
from neurosim.lessons.lesson_file import read_lesson

NAME = "prediction"
START = "now"

_TEXT = """\
---
title: What happens next?
slide: –
goal: Say what will happen before it does.
needs: nothing
---

```teacher
misconception: Asked in class: none is foreseen.
ask: Why do you think so?
ask: Who says otherwise?
ask: How could we find out without taking the step?
leaves out: Nothing.
```

# Predict: What happens next?

```page
start: {start}
```

The loss is {{loss|both}} with the learning rate {{rate}}.

```predict {name}
ask: {question}
- down: The loss falls.
- same: It stays the same.
- up: The loss rises.
right: {right}
outcome: {{loss}}
do: {command}
because: It went as the numbers say.
```
"""


def quick_prediction(state: DocumentState, question: str, steps: int = 1) -> Lesson:
    """A lesson of one page that asks *question* about the next *steps* of *state*, and then takes them.

    Raises:
        CommandError: the steps cannot be taken; the message is a sentence without its full stop.
    """
    command = f"step {steps}" if steps > 1 else "step"
    after = carry_out(Place(state), read_command(command), {}).state
    before, now = (evaluate(s.network, s.dataset, s.training).loss for s in (state, after))
    if before is None or now is None:
        raise CommandError("there is no loss to predict")
    right = "up" if now > before else "down" if now < before else "same"
    asked = " ".join(question.split()) or "What happens to the loss?"
    text = _TEXT.format(start=START, name=NAME, question=asked, right=right, command=command)
    bare = replace(state, lesson=None, view=MappingProxyType({}))
    return read_lesson(text, {START: dumps(bare)}, NAME)
