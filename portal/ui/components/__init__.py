"""The components as template tags, a module for each group; portal.ui.templatetags.schakel offers them all."""
