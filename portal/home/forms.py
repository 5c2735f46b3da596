"""The filters of the page of all problems."""

from portal.core.lists.form import CardListForm, ExistingValuesField


class DossierFilters(CardListForm):
    """The filters in the address of the page of all problems."""

    FILTERS = ("topic",)

    topic = ExistingValuesField(lambda key: False)
