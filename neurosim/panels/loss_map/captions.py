"""Writes what the map says: labels, the note, the line of words; and when it is still what only some people read."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

from neurosim.engine.loss_map.directions import Directions
from neurosim.engine.network import Network
from neurosim.panels.loss_map import words
from neurosim.panels.loss_map.header import Header
from neurosim.panels.loss_map.picture import MapPicture
from neurosim.panels.loss_map.ranges import is_even
from neurosim.panels.loss_map.subject import Subject, held_values
from neurosim.panels.loss_map.tags import Labels
from neurosim.widgets.display import Display


class Captions:
    """Owns no text but what it wrote last."""

    def __init__(
        self,
        display: Display,
        picture: MapPicture,
        labels: Labels,
        header: Header,
        plot: Any,  # noqa: ANN401  # pyqtgraph carries no types
    ) -> None:
        self._display = display
        self._picture = picture
        self._labels = labels
        self._header = header
        self._plot = plot

    def say(self, network: Network, subject: Subject, found: Directions, *, late: bool) -> None:
        """Write what changes with every frame; *late*: the map is not there yet."""
        tr = QCoreApplication.translate
        picture, display, labels = self._picture, self._display, self._labels
        held = words.held_text(network, held_values(network, subject), display)
        stretched = "" if is_even(picture.frame) else tr("LossMap", "different scales across and up")
        condition = words.condition_text(found.curvature, display.decimal)
        self._header.say("; ".join(filter(None, (held, condition, stretched))))
        names = words.Names(network, picture)
        if picture.minimum is not None:
            title = words.minimum_title(picture, least=False)
            labels.minimum = words.label_of(picture.minimum, title, display)
            labels.minimum_outside = words.outside_label(title, picture.minimum.place, names, display)
        labels.least = words.minimum_title(picture, least=True)
        labels.ghost = tr("LossMap", "after one step")
        labels.pending = tr("LossMap", "new, not yet applied")
        labels.dot_outside = words.outside_label(tr("LossMap", "dot"), picture.dot, names, display)
        if picture.step_end is not None:
            labels.ghost_outside = words.outside_label(labels.ghost, picture.step_end, names, display)
        picture.note = words.note_text(late=late, step_problem=found.step_problem)

    def say_all(self, network: Network, subject: Subject, found: Directions, colours: str) -> None:
        """Write what nobody reads in a hurry: tips, and all of the map for who cannot see it.

        *colours* says what they mean.
        """
        picture, display = self._picture, self._display
        values = held_values(network, subject)
        held = words.held_text(network, values, display)
        condition = words.condition_text(found.curvature, display.decimal)
        names = words.Names(network, picture)
        self._plot.setAccessibleDescription(words.description(picture, names, found, held, condition, colours))
        tips = [words.held_tip(network, values, display, bool(found.held)), words.condition_tip(condition)]
        if not is_even(picture.frame):
            tips.append(words.stretched_text())
        self._header.explain("\n".join(filter(None, tips)))
