"""The colours of the program: one frozen theme in force, one notifier, and Fusion dressed in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache, cached_property
from types import MappingProxyType
from typing import Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from neurosim.paths import resources
from neurosim.records import dataclass, fields, replace
from neurosim.widgets.fonts import load_fonts, set_font_zoom, ui_font

ThemeName = Literal["light", "dark", "projector"]
THEMES: tuple[ThemeName, ...] = ("light", "dark", "projector")
_DRESSED = "neurosim-dressed"


@dataclass(frozen=True)
class Theme:
    """Every colour that may be painted with, by meaning; the same colour means the same thing everywhere.

    Attributes:
        dark: whether the canvas is darker than the text.
        stroke_scale: factor for every stroke that carries meaning (1.6 for a projector).
        zoom: factor for every length of the interface, 1.0 at 100 %.
        next: ghosts of the next step, drawn dashed.
        right: a checked answer or convergence, always together with a tick.
        on_accent: text and glyphs on a fill of ``accent``.
    """

    name: ThemeName
    title: str
    dark: bool
    stroke_scale: float
    zoom: float
    pictures: str
    canvas: QColor
    surface: QColor
    raised: QColor
    text: QColor
    text_muted: QColor
    hairline: QColor
    border: QColor
    accent: QColor
    on_accent: QColor
    positive: QColor
    positive_text: QColor
    negative: QColor
    negative_text: QColor
    gradient: QColor
    loss: QColor
    next: QColor
    right: QColor
    hover: QColor
    pressed: QColor
    selected: QColor
    disabled: QColor

    @cached_property
    def colours(self) -> Mapping[str, QColor]:
        """Every colour token by name; gathered once, for painters ask in every frame."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return MappingProxyType({name: value for name, value in values.items() if isinstance(value, QColor)})

    @cached_property
    def veil(self) -> QColor:
        """What clears the canvas of lines and points under words on it."""
        return with_alpha(self.canvas, 0.85)

    def stroke(self, width: float) -> float:
        """The width in pixels of a stroke that is *width* in the light theme at 100 %."""
        return width * self.stroke_scale * self.zoom

    @cached_property
    def px(self) -> Callable[[float], int]:
        """``px(length)``: a length of the interface in whole pixels at the current zoom, at least 1.

        A function that remembers: painters ask for the same few lengths again and again.
        """
        zoom = self.zoom

        @cache
        def whole(length: float) -> int:
            return max(1, round(length * zoom))

        return whole


class ThemeNotifier(QObject):
    """Tells painters that another theme or zoom is in force.

    Signals:
        changed(): after ``theme()`` gives the new theme and the application wears it.
    """

    changed = Signal()


def load_theme(name: ThemeName, zoom: float = 1.0) -> Theme:
    """The theme in the file ``themes/<name>.json``, with every colour token that ``Theme`` names.

    Raises:
        ValueError: there is no such theme.
    """
    if name not in THEMES:
        raise ValueError(f"There is no theme {name!r}; choose one of {', '.join(THEMES)}.")
    return replace(_read_theme(name), zoom=zoom)


@cache
def _read_theme(name: ThemeName) -> Theme:
    values = json.loads((resources() / "themes" / f"{name}.json").read_text(encoding="utf-8"))
    colours = {token: QColor(value) for token, value in values["colours"].items()}
    return Theme(
        name=name,
        title=values["title"],
        dark=values["dark"],
        stroke_scale=values["stroke_scale"],
        zoom=1.0,
        pictures=values["pictures"],
        **colours,
    )


class _InForce:
    """The one theme in force and its notifier (made late: a QObject wants an application first)."""

    theme: Theme | None = None
    notifier: ThemeNotifier | None = None


def theme() -> Theme:
    """The theme in force; light at 100 % until ``apply_theme`` was called."""
    if _InForce.theme is None:
        _InForce.theme = load_theme("light")
    return _InForce.theme


def theme_notifier() -> ThemeNotifier:
    """The object whose ``changed`` signal follows each change of theme or zoom."""
    if _InForce.notifier is None:
        _InForce.notifier = ThemeNotifier()
    return _InForce.notifier


def with_alpha(colour: QColor, fraction: float) -> QColor:
    """A copy of *colour* that covers *fraction* (0 to 1) of what is under it."""
    copy = QColor(colour)
    copy.setAlphaF(fraction)
    return copy


def mix(first: QColor, second: QColor, share: float) -> QColor:
    """The opaque colour *share* of the way from *first* (0) to *second* (1)."""
    return QColor.fromRgbF(
        first.redF() + (second.redF() - first.redF()) * share,
        first.greenF() + (second.greenF() - first.greenF()) * share,
        first.blueF() + (second.blueF() - first.blueF()) * share,
    )


def apply_theme(app: QApplication, name: ThemeName, zoom: float = 1.0) -> Theme:
    """Dress *app* in the theme *name* at *zoom* (0.5 to 3.0), tell everyone, and return it.

    Fusion is used on every system: native styles follow neither our palette nor our sizes.
    """
    chosen = load_theme(name, zoom)
    _InForce.theme = chosen
    load_fonts()
    set_font_zoom(zoom)
    if not app.property(_DRESSED):  # under a style sheet the style no longer tells its name
        app.setStyle(QStyleFactory.create("Fusion"))
        app.setProperty(_DRESSED, True)
    app.setFont(ui_font(13))
    app.setPalette(palette(chosen))
    app.setStyleSheet(style_sheet(chosen))
    _dress_plots(chosen)
    theme_notifier().changed.emit()
    return chosen


def palette(of: Theme) -> QPalette:
    """The Qt palette of a theme, for all that the style sheet does not name."""
    result = QPalette()
    role = QPalette.ColorRole
    shades = {
        role.Window: of.surface,
        role.WindowText: of.text,
        role.Base: of.raised,
        role.AlternateBase: mix(of.raised, of.surface, 0.7),
        role.ToolTipBase: of.raised,
        role.ToolTipText: of.text,
        role.PlaceholderText: of.text_muted,
        role.Text: of.text,
        role.Button: of.raised,
        role.ButtonText: of.text,
        role.BrightText: of.negative_text,
        role.Link: of.accent,
        role.LinkVisited: of.accent,
        role.Highlight: of.accent,
        role.HighlightedText: of.on_accent,
        role.Accent: of.accent,
        role.Light: of.raised,
        role.Midlight: of.hover,
        role.Mid: of.hairline,
        role.Dark: of.border,
        role.Shadow: of.border,
    }
    for which, colour in shades.items():
        result.setColor(which, colour)
    for which in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, which, of.disabled)
    result.setColor(QPalette.ColorGroup.Disabled, role.Highlight, of.hairline)
    result.setColor(QPalette.ColorGroup.Disabled, role.HighlightedText, of.disabled)
    return result


def style_sheet(of: Theme) -> str:
    """The application's style sheet: ``themes/application.qss`` with tokens, pictures and zoomed lengths filled in.

    In that file ``@name`` is a colour token, ``@pictures`` the folder of small pictures, and every ``<n>px`` is a
    length at 100 %. Lines of 1 px stay hairlines at every zoom. ``round(<n>)`` is the radius that makes a square of
    that side with a hairline around it a circle: a larger one would be ignored.
    """
    template = (resources() / "themes" / "application.qss").read_text(encoding="utf-8")
    colours = {name: colour.name() for name, colour in of.colours.items()}
    colours["pictures"] = (resources() / "themes" / of.pictures).as_posix()

    def length(found: re.Match[str]) -> str:
        circle, pixels = found.groups()
        if circle is not None:
            return f"{(of.px(int(circle)) + 2) // 2}px"
        return f"{pixels if int(pixels) < 2 else of.px(int(pixels))}px"

    sized = re.sub(r"round\((\d+)\)|\b(\d+)px", length, template)
    return re.sub(r"@([a-z_]+)", lambda m: colours[m[1]], sized)


def _dress_plots(of: Theme) -> None:
    """Colours of plots made from now on; those that exist follow ``theme_notifier().changed`` themselves."""
    import pyqtgraph

    pyqtgraph.setConfigOptions(background=of.canvas, foreground=of.text_muted, antialias=True)
