"""Words become pages: a look is drawn, WeasyPrint sets the text, and every printed word is known with its box."""

from samples.generator.typeset.faces import FACES, Face, missing_fonts
from samples.generator.typeset.look import Look, draw_look
from samples.generator.typeset.setting import typeset

__all__ = ["FACES", "Face", "Look", "draw_look", "missing_fonts", "typeset"]
