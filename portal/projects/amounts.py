"""Amounts and shares as each language writes them."""

from decimal import Decimal

from django.utils import translation
from django.utils.formats import number_format

# Where the sign stands, and whether a space keeps it apart, is a rule of the language, not a text to translate.
# Spaces do not break: an amount stays on one line.
EURO = {"nl": "€\N{NO-BREAK SPACE}{}", "en": "€{}", "fr": "{}\N{NO-BREAK SPACE}€", "de": "{}\N{NO-BREAK SPACE}€"}
PERCENT = {"fr": "{}\N{NO-BREAK SPACE}%", "de": "{}\N{NO-BREAK SPACE}%"}


def euro(amount: Decimal, language: str = "") -> str:
    """Return an amount in euro in a language (the active one when empty), with cents only where there are cents."""
    language = language or translation.get_language()
    with translation.override(language):
        decimals = 0 if amount == amount.to_integral_value() else 2
        return EURO.get(language, "EUR\N{NO-BREAK SPACE}{}").format(
            number_format(amount, decimals, force_grouping=True)
        )


def percentage(part: Decimal | None, whole: Decimal | None, language: str = "") -> str:
    """Return the share of `part` in `whole`, with one decimal at most; "" when one of them is not known."""
    if part is None or not whole:
        return ""
    language = language or translation.get_language()
    share = (100 * Decimal(part) / Decimal(whole)).quantize(Decimal("0.1"))
    with translation.override(language):
        decimals = 0 if share == share.to_integral_value() else 1
        return PERCENT.get(language, "{}%").format(number_format(share, decimals))
