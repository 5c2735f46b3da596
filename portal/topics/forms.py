"""The form of a topic: its permanent key is made from its label."""

from portal.core.forms import KeyedForm


class TopicForm(KeyedForm):
    named_by = "label_nl"
