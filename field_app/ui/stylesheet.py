"""The one Qt style sheet, made from colour tokens and the text size."""

from collections.abc import Callable, Mapping
from string import Template

from field_app.resources import resource

SHEET = """
QWidget#screen, QWidget[surface="canvas"] { background: $canvas; }
QWidget[surface="surface"] { background: $surface; }
QWidget[surface="surface2"] { background: $surface2; }
QWidget#topbar { background: $surface; border-bottom: 1px solid $border; }
QWidget[pane="left"] { background: $surface; border-right: 1px solid $border; }
QWidget[pane="right"] { background: $surface; border-left: 1px solid $border; }
QWidget[bar="top"] { background: $surface; border-bottom: 1px solid $border; }
QWidget[bar="bottom"] { background: $surface; border-top: 1px solid $border; }
QFrame[card="true"] { background: $surface; border: 1px solid $border; border-radius: ${p10}px; }
QFrame[card="brand"] { background: $brand; border: 0; border-radius: ${p10}px; }
QFrame[card="sheet"] { background: $surface; border: 0; border-radius: ${p14}px; }
QFrame[rule="true"] { background: $border; border: 0; max-height: 1px; min-height: 1px; }
QFrame[rule="upright"] { background: $border; border: 0; max-width: 1px; min-width: 1px; }

QPushButton { min-height: ${h44}px; padding: 0 ${p16}px; border: 1px solid $borderStrong;
    border-radius: ${p8}px; background: $surface; color: $text;
    font-family: "Sarabun SemiBold"; font-size: ${p15}px; }
QPushButton:hover { background: $surface2; }
QPushButton:pressed { background: $surface3; }
QPushButton:disabled { color: $text3; background: $surface2; border-color: $border; }
QPushButton:focus { border: 2px solid $focus; padding: 0 ${q16}px; min-height: ${g44}px; }
QPushButton[kind="primary"] { background: $brand; border-color: $brand; color: $onBrand; }
QPushButton[kind="primary"]:hover { background: $brandHover; border-color: $brandHover; }
QPushButton[kind="primary"]:pressed { background: $brandPressed; border-color: $brandPressed; }
QPushButton[kind="primary"]:focus { border: 2px solid $focus; }
QPushButton[kind="warm"] { background: #C24A00; border-color: #C24A00; color: #FFFFFF; }
QPushButton[kind="warm"]:hover { background: #A33E00; border-color: #A33E00; }
QPushButton[kind="warm"]:focus { border: 2px solid $focus; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent;
    color: $brandText; }
QPushButton[kind="quiet"]:hover { background: $brandTint; }
QPushButton[kind="quiet"]:focus { border: 2px solid $focus; }
QPushButton[kind="danger"] { border-color: $danger; color: $dangerText; }
QPushButton[kind="danger"]:hover { background: $dangerTint; }
QPushButton[kind="danger"]:focus { border: 2px solid $focus; }
QPushButton[kind="marked"] { background: $brandTint; border-color: $brand; }
QPushButton[tall="52"] { min-height: ${h52}px; border-radius: ${p10}px; font-size: ${p17}px; }
QPushButton[tall="52"]:focus { min-height: ${g52}px; }
QPushButton[tall="56"] { min-height: ${h56}px; border-radius: ${p10}px; font-size: ${p17}px; }
QPushButton[tall="56"]:focus { min-height: ${g56}px; }
QPushButton[only="icon"] { padding: 0; min-width: ${h44}px; max-width: ${h44}px; }
QPushButton[only="icon"]:focus { min-width: ${g44}px; max-width: ${g44}px; }
QPushButton[kind="tag"] { border-radius: ${r22}px; font-family: "Sarabun Medium"; }
QPushButton[kind="tag"]:checked { background: $brandTint; border-color: $brand;
    color: $brandText; font-family: "Sarabun SemiBold"; }
QPushButton[kind="tag"]:checked:focus { border: 2px solid $focus; }
QPushButton[segment] { border-radius: 0; border-left-width: 0; padding: 0 ${p8}px; color: $text2; }
QPushButton[segment="first"] { border-left-width: 1px; border-top-left-radius: ${p8}px;
    border-bottom-left-radius: ${p8}px; }
QPushButton[segment="last"] { border-top-right-radius: ${p8}px;
    border-bottom-right-radius: ${p8}px; }
QPushButton[segment]:checked { background: $brandTint; color: $brandText; }
QPushButton[segment]:focus { border: 2px solid $focus; padding: 0 ${q8}px; }
QPushButton[kind="link"] { background: transparent; border-color: transparent; color: $text3;
    padding: 0 ${p4}px; font-family: "Sarabun"; font-size: ${p13}px; min-height: ${h32}px; }
QPushButton[kind="link"]:hover { color: $brandText; }
QPushButton[kind="link"]:focus { border: 2px solid $focus; padding: 0 ${q4}px;
    min-height: ${g32}px; }
QPushButton[kind="toast"] { background: transparent; border-color: transparent; color: #82DDC9; }
QPushButton[kind="toast"]:hover { color: $onInverse; }
QPushButton[kind="toast"]:focus { border: 2px solid #7FB2FF; }
QPushButton[kind="onrail"] { background: transparent; border-color: transparent;
    color: $railText; font-family: "Sarabun"; }
QPushButton[kind="onrail"]:checked { border-color: $railText; color: $railSelText;
    font-family: "Sarabun SemiBold"; }
QPushButton[kind="onrail"]:focus { border: 2px solid #7FB2FF; }
QPushButton[kind="row"] { text-align: left; border-color: $border; min-height: ${h52}px; }
QPushButton[kind="row"]:focus { border: 2px solid $focus; min-height: ${g52}px; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QDateTimeEdit {
    border: 1px solid $borderStrong; border-radius: ${p8}px; background: $surface; color: $text;
    font-family: "Sarabun"; font-size: ${p15}px; selection-background-color: $brand;
    selection-color: $onBrand; }
QLineEdit, QComboBox, QDateEdit, QDateTimeEdit { min-height: ${h44}px; padding: 0 ${p12}px; }
QLineEdit { lineedit-password-character: 8226; }
QLineEdit[tall="52"] { min-height: ${h52}px; font-size: ${p17}px; }
QPlainTextEdit, QTextEdit { padding: ${p8}px; }
QLineEdit[bad="true"] { border-color: $danger; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QDateEdit:focus,
QDateTimeEdit:focus { border: 2px solid $focus; }
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QDateTimeEdit:focus {
    min-height: ${g44}px; padding: 0 ${q12}px; }
QLineEdit[tall="52"]:focus { min-height: ${g52}px; }
QTextBrowser { border: 0; }
QTextBrowser:focus { border: 2px solid $focus; }
QCheckBox, QRadioButton { spacing: ${p12}px; font-family: "Sarabun"; font-size: ${p15}px;
    color: $text; min-height: ${h44}px; }
QCheckBox::indicator { width: ${p20}px; height: ${p20}px; border: 2px solid $borderStrong;
    border-radius: ${p6}px; background: $surface; }
QCheckBox::indicator:checked { background: $brand; border-color: $brand;
    image: url("$check"); }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $focus; border-radius: ${p8}px; }
QRadioButton::indicator { width: ${p16}px; height: ${p16}px; border: 2px solid $borderStrong;
    border-radius: ${p10}px; background: $surface; }
QRadioButton::indicator:checked { border: ${p6}px solid $brand; width: ${p8}px; height: ${p8}px;
    background: $onBrand; }

QSlider { min-height: ${h44}px; background: transparent; }
QSlider::groove:horizontal { height: ${p6}px; border-radius: ${p3}px; background: $borderStrong; }
QSlider::sub-page:horizontal { height: ${p6}px; border-radius: ${p3}px; background: $brand; }
QSlider::handle:horizontal { width: ${p24}px; height: ${p24}px; margin: -${p10}px 0;
    border: 2px solid $brand; border-radius: ${p12}px; background: $surface; }
QSlider::handle:horizontal:focus { border: 3px solid $focus; }

QListView { background: $surface; border: 0; outline: 0; }
QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget[surface] { border: 0; }
QScrollBar:vertical { background: transparent; width: ${p8}px; margin: 0; }
QScrollBar::handle:vertical { background: $borderStrong; border-radius: ${p3}px;
    min-height: ${p40}px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: ${p8}px; margin: 0; }
QScrollBar::handle:horizontal { background: $borderStrong; border-radius: ${p3}px;
    min-width: ${p40}px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $border; }
QSplitter::handle:hover { background: $brand; }
QToolTip { background: $inverse; color: $onInverse; border: 0; padding: ${p6}px ${p8}px;
    font-family: "Sarabun"; font-size: ${p13}px; }
QMenu { background: $surface; color: $text; border: 1px solid $borderStrong; padding: ${p4}px;
    font-family: "Sarabun"; font-size: ${p15}px; }
QMenu::item { padding: ${p10}px ${p24}px ${p10}px ${p16}px; border-radius: ${p6}px; }
QMenu::item:selected { background: $selRow; }
QLabel { background: transparent; color: $text; }
"""
"""A template: `$token` is a colour, `${p8}` 8 scaled pixels, `${h44}` an outer height of 44 less
the 1 px lines (`g`: less the 2 px lines of the focus ring), `${q8}` 8 less 1, `${r22}` a radius
just small enough for Qt to draw."""


def build(colours: Mapping[str, str], px: Callable[[float], int]) -> str:
    """Return the style sheet.

    Args:
        colours: Colour tokens of a theme.
        px: Gives a length of the design at the chosen text size.
    """
    sizes: dict[str, object] = {}
    for pixels in (3, 4, 6, 8, 10, 12, 13, 14, 15, 16, 17, 20, 22, 24, 40):
        sizes[f"p{pixels}"] = px(pixels)
        sizes[f"q{pixels}"] = px(pixels) - 1
    for pixels in (32, 44, 52, 56):
        sizes[f"h{pixels}"] = px(pixels) - 2
        sizes[f"g{pixels}"] = px(pixels) - 4
    sizes["r22"] = px(44) // 2 - 1
    check = resource("icons", "check-white.svg").as_posix()
    return Template(SHEET).substitute(colours, check=check, **sizes)
