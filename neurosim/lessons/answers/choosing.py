"""Judging a choice: the option's own message, and for several options what is still missing."""

from __future__ import annotations

from neurosim.lessons.answers.typed_number import listed
from neurosim.lessons.question import Question, Verdict


def judge_choice(text: str, question: Question) -> Verdict:
    """The verdict on the ids of the chosen options, separated by commas or spaces."""
    chosen = list(dict.fromkeys(text.replace(",", " ").split()))
    options = {option.id: option for option in question.options}
    right = question.expected if isinstance(question.expected, tuple) else (str(question.expected),)
    strange = [name for name in chosen if name not in options]
    if strange:
        return Verdict("unreadable", message=f"There is no option {strange[0]}: choose {listed(options)}.")
    if not chosen:
        return Verdict("unreadable", message="Nothing is chosen yet.")
    if len(chosen) > 1 and not question.several:
        return Verdict("unreadable", message="Only one option can be chosen here.")
    said = listed(options[name].text for name in chosen)
    wrong = [name for name in chosen if name not in right]
    if wrong:
        message = options[wrong[0]].message or "Not this one: look at what it would change."
        return Verdict("wrong", said, message, f"option {wrong[0]}")
    missing = len(right) - len(chosen)
    if missing:
        more = "one more belongs" if missing == 1 else f"{missing} more belong"
        return Verdict("wrong", said, f"What is chosen is right; {more} to it.", "incomplete")
    messages = " ".join(options[name].message for name in chosen if options[name].message)
    return Verdict("right", said, messages)
