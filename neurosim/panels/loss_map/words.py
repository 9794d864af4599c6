"""What the loss map says in words: cards, notes, what is held, and all of it for who cannot see the map."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from neurosim.engine.curvature import Curvature
from neurosim.engine.loss_map.directions import Directions, Minimum, Place
from neurosim.engine.network import Network
from neurosim.numbers.exact import Number
from neurosim.numbers.format import equals, format_number, spoken
from neurosim.panels._paint import ChipLines
from neurosim.panels._words import parameter_name
from neurosim.panels.loss_map.picture import MapPicture
from neurosim.panels.loss_map.ranges import is_even
from neurosim.panels.loss_map.scale import Scale, number_text
from neurosim.panels.loss_map.ways import Way
from neurosim.widgets.display import Display
from neurosim.widgets.theme import theme

tr = QCoreApplication.translate
MOST_HELD = 4
"""So many held parameters are named; the tip names more."""
MOST_IN_TIP = 40


class Names:
    """The short names of both parameters."""

    def __init__(self, network: Network, picture: MapPicture) -> None:
        subject = picture.subject
        names = (subject.across, subject.up) if subject is not None else ("", "")
        self.across, self.up = (parameter_name(network, name) for name in names)

    def place(self, values: Place, display: Display) -> str:
        """``a = 1/3, b = −6``."""
        x, y = (equals(display.text(value)) for value in values)
        return f"{self.across} {x}, {self.up} {y}"


# -- cards -------------------------------------------------------------------------------------------------------------


def dot_lines(picture: MapPicture, names: Names, display: Display) -> ChipLines:
    """The card beside the dot."""
    colours = theme()
    lines: ChipLines = [(names.place(picture.dot, display), colours.text)]
    if picture.loss is not None:
        lines.append((f"{tr('LossMap', 'loss')} {equals(display.text(picture.loss))}", colours.loss))
    if picture.gradient is not None:
        x, y = (equals(display.text(value)) for value in picture.gradient)
        lines.append((f"∂L/∂{names.across} {x}, ∂L/∂{names.up} {y}", colours.gradient))
    if picture.step_end is not None:
        words = tr("LossMap", "after one step: {place}").format(place=names.place(picture.step_end, display))
        lines.append((words, colours.text_muted))
    return lines


def minimum_lines(found: Minimum, title: str, names: Names, display: Display, condition: str) -> ChipLines:
    """The card beside a minimum."""
    colours = theme()
    lines: ChipLines = [(title, colours.text_muted), (names.place(found.place, display), colours.text)]
    lines.append((f"{tr('LossMap', 'loss')} {equals(display.text(found.loss))}", colours.loss))
    if condition:
        lines.append((condition, colours.text_muted))
    return lines


def place_lines(place: Place, loss: Number | None, names: Names, display: Display) -> ChipLines:
    """The card beside the pointer: the nearest place where the dot could rest, and the loss there."""
    colours = theme()
    x, y = (equals(display.datum(value)) for value in place)
    lines: ChipLines = [(f"{names.across} {x}, {names.up} {y}", colours.text_muted)]
    too_large = tr("LossMap", "loss too large to calculate with")
    words = too_large if loss is None else f"{tr('LossMap', 'loss')} {equals(display.text(loss))}"
    return [*lines, (words, colours.text)]


def way_lines(way: Way, point: int, loss: tuple[int, Number] | None, names: Names, display: Display) -> ChipLines:
    """The card beside a point of a way; *loss*: the loss after some step, which may not be quite this one."""
    colours, step = theme(), int(way.steps[point])
    title = tr("LossMap", "step {number}").format(number=f"{step:,}".replace(",", "\N{NARROW NO-BREAK SPACE}"))
    if way.by_hand[point]:
        title = tr("LossMap", "{step}: moved by hand").format(step=title)
    lines: ChipLines = [(title, colours.text)]
    if way.name:
        lines.insert(0, (way.name, colours.text_muted))
    lines.append((names.place(_exact_place(way, point), display), colours.text))
    if loss is not None:
        words = f"{tr('LossMap', 'loss')} {equals(display.text(loss[1]))}"
        if loss[0] != step:
            words = tr("LossMap", "{loss} after step {number}").format(loss=words, number=loss[0])
        lines.append((words, colours.loss))
    return lines


def _exact_place(way: Way, point: int) -> Place:
    """The values at a point, as fractions where the history has them so."""
    place = way.places[point]
    if place is not None and place.at_end:
        parameters = place.entry.state.network.parameters
        return parameters[way.subject.across], parameters[way.subject.up]
    return float(way.x[point]), float(way.y[point])


# -- lines under the header --------------------------------------------------------------------------------------------


def held_text(network: Network, held: Mapping[str, Number], display: Display, most: int = MOST_HELD) -> str:
    """``other parameters held at: w2 = 1/2, …``; empty when there are none."""
    if not held:
        return ""
    named = list(held.items())[:most]
    words = ", ".join(f"{parameter_name(network, name)} {equals(display.text(value))}" for name, value in named)
    if len(held) > most:
        words = tr("LossMap", "{words} and {count} more").format(words=words, count=len(held) - most)
    return tr("LossMap", "other parameters held at: {words}").format(words=words)


def held_tip(network: Network, held: Mapping[str, Number], display: Display, free: bool) -> str:
    """All of them (or many), and what follows; *free*: training may change some of them."""
    text = held_text(network, held, display, MOST_IN_TIP)
    if free:
        more = tr("LossMap", "The map is a slice: a step moves the held ones as well, and then the map is another one.")
        return f"{text}. {more}"
    return text


def condition_text(curvature: Curvature | None, decimal: str) -> str:
    """How much steeper the valley's walls are curved than its floor; empty where there is no valley."""
    if curvature is None or curvature.condition is None:
        return ""
    number = format_number(float(f"{curvature.condition:.3g}"), "decimal", decimal).lstrip("~").strip()
    words = tr("LossMap", "condition number ~ {number}")
    if curvature.estimate:
        words = tr("LossMap", "condition number here ~ {number}")
    return words.format(number=number)


def condition_tip(condition: str) -> str:
    """What the condition number means; empty where there is none."""
    if not condition:
        return ""
    return tr("LossMap", "Largest by least curvature: how many times longer than wide the valley is, squared.")


def scale_text(scale: Scale | None, decimal: str, grey: bool = False) -> str:
    """What the colours mean; *grey*: the loss is too large to calculate with in some places."""
    if scale is None:
        return ""
    low, high = number_text(scale.low, decimal), number_text(scale.high, decimal)
    words = tr("LossMap", "Colours of the loss, from dark for {low} to bright for {high} and above")
    if scale.log:
        words = tr(
            "LossMap", "Colours of the loss, by its logarithm, from dark for {low} to bright for {high} and above"
        )
    found = words.format(low=low, high=high)
    if grey:
        return tr("LossMap", "{colours}; grey where it is too large to calculate with").format(colours=found)
    return found


def note_text(*, late: bool, step_problem: str | None) -> str:
    """A sentence about what is missing on the map; empty when nothing is."""
    if late:
        return tr("LossMap", "The map is being worked out.")
    return step_problem or ""


# -- for who cannot see the map ----------------------------------------------------------------------------------------


def description(
    picture: MapPicture, names: Names, found: Directions | None, held: str, condition: str, scale: str
) -> str:
    """All of the map in sentences."""

    def said(values: Place) -> str:
        return f"{names.across} {spoken(values[0])}, {names.up} {spoken(values[1])}"

    where = tr("LossMap", "The dot is at {place}")
    if not picture.is_inside(picture.dot_place):
        where = tr("LossMap", "The dot is at {place}, out of view")
    parts = [where.format(place=said(picture.dot))]
    if picture.loss is not None:
        parts.append(tr("LossMap", "Loss {loss}").format(loss=spoken(picture.loss)))
    if picture.gradient is not None:
        parts.append(tr("LossMap", "Gradient by {place}").format(place=said(picture.gradient)))
    if picture.step_end is not None:
        parts.append(tr("LossMap", "The coming step leads to {place}").format(place=said(picture.step_end)))
    elif found is not None and found.step_problem:
        parts.append(found.step_problem.rstrip("."))
    if picture.minimum is not None:
        words = tr("LossMap", "Minimum of this map at {place}, loss {loss}")
        parts.append(words.format(place=said(picture.minimum.place), loss=spoken(picture.minimum.loss)))
    if picture.least is not None:
        words = tr("LossMap", "Minimum over all parameters at {place}, loss {loss}")
        parts.append(words.format(place=said(picture.least.place), loss=spoken(picture.least.loss)))
    if not is_even(picture.frame):
        parts.append(stretched_text().rstrip("."))
    parts += [condition, held, scale]
    return ". ".join(part[:1].upper() + part[1:] for part in parts if part) + "."


def stretched_text() -> str:
    """Why the arrow may not look at right angles to the contours."""
    return tr("LossMap", "The axes have different scales, so the arrow need not look at right angles to the lines.")


def minimum_title(picture: MapPicture, *, least: bool) -> str:
    """What a cross is called: the slice and the whole apart where they differ."""
    if least:
        return tr("LossMap", "minimum over all parameters")
    return tr("LossMap", "minimum of this slice") if picture.least is not None else tr("LossMap", "minimum")


def is_round(value: Number) -> bool:
    """Whether a number is exact and short enough for a label."""
    return isinstance(value, Fraction) and value.denominator <= 999


def label_of(found: Minimum, title: str, display: Display) -> str:
    """What stands beside a cross: ``minimum (2, −4)`` while the numbers are short."""
    if all(is_round(value) for value in found.place):
        x, y = (display.text(value) for value in found.place)
        return f"{title} ({x}, {y})"
    return title


def outside_label(name: str, values: Place, names: Names, display: Display) -> str:
    """What stands beside an arrow at the rim: ``dot at a = 50, b = −6``."""
    return tr("LossMap", "{name} at {place}").format(name=name, place=names.place(values, display))
