"""What trains, line by line and at a run, as actions of the menu Run."""

from __future__ import annotations

from PySide6.QtCore import QObject

from neurosim.main_window.action_spec import ActionSpec, Scope


class RunActionList(QObject):
    """Makes the list, in the language of the interface. Without state and signals."""

    def specs(self) -> tuple[ActionSpec, ...]:
        """Every action of the menu."""
        units = (
            ("line", self.tr("&Line of the working")),
            ("phase", self.tr("&Phase")),
            ("step", self.tr("&Full step")),
            ("ten", self.tr("&Ten steps")),
        )
        speeds = (
            ("1x", self.tr("&1× (4 steps a second)")),
            ("10x", self.tr("1&0× (40 steps a second)")),
            ("max", self.tr("&As fast as it goes")),
        )
        return (
            ActionSpec(
                "step",
                "run",
                self.tr("&Step"),
                self.tr("Go on by the chosen unit: a line of the working, a phase, a whole step or ten"),
                ("Ctrl+Right",),
                icon="step-forward",
            ),
            ActionSpec(
                "fullStep",
                "run",
                self.tr("&Full step"),
                self.tr("One whole step of training: forward, loss, backward, update"),
                ("Ctrl+Shift+Right",),
                icon="skip-forward",
            ),
            ActionSpec(
                "back",
                "run",
                self.tr("&Back"),
                self.tr("Go back by the chosen unit, bit for bit"),
                ("Ctrl+Left",),
                icon="step-back",
            ),
            ActionSpec("canvasStep", "", self.tr("Step"), keys=("Space",), scope=Scope.CANVAS, handler="step"),
            ActionSpec("canvasBack", "", self.tr("Back"), keys=("Shift+Space",), scope=Scope.CANVAS, handler="back"),
            ActionSpec(
                "run",
                "run",
                self.tr("R&un"),
                self.tr("Train step after step until it converges, or until Pause"),
                ("Ctrl+Return", "Ctrl+Enter"),
                icon="play",
            ),
            *(
                ActionSpec(
                    f"unit-{unit}", "run/unit", text, checkable=True, choice="unit", argument=unit, handler="unit"
                )
                for unit, text in units
            ),
            *(
                ActionSpec(
                    f"speed-{speed}", "run/speed", text, checkable=True, choice="speed", argument=speed, handler="speed"
                )
                for speed, text in speeds
            ),
            ActionSpec(
                "rewind", "run", self.tr("Re&wind"), self.tr("Return to the same start"), icon="skip-back", section=1
            ),
            ActionSpec(
                "newRandomStart",
                "run",
                self.tr("&New random start"),
                self.tr("Draw new weights and start from them"),
                icon="shuffle",
                section=1,
            ),
            ActionSpec(
                "resetAll",
                "run",
                self.tr("Reset &all"),
                self.tr("Return to the document as it was opened; Undo takes this back"),
                ("Ctrl+Shift+R",),
                icon="rotate-ccw",
                section=2,
            ),
        )
