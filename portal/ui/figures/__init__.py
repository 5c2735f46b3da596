"""Figures drawn from data, on the server. Each function takes plain data and gives markup that is safe to show.

What has running text (ladder, chain, levels, timeline) is a list that the stylesheet lays out as a figure, because text
in SVG does not reflow; the text equivalent is the figure itself. What has positions (strip, map, axis, emblem) is SVG.
No figure uses a style attribute, so all of them work under the content security policy and in print.
"""

from portal.ui.figures.emblem import emblem
from portal.ui.figures.lists import chain, ladder, levels
from portal.ui.figures.moments_strip import moments_strip
from portal.ui.figures.partner_map import partner_map
from portal.ui.figures.timeline import timeline

__all__ = ["chain", "emblem", "ladder", "levels", "moments_strip", "partner_map", "timeline"]
