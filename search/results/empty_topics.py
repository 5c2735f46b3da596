"""Topics under which a visitor finds nothing are never offered: not as results and not as suggestions.

They stay in the index, because the API lists the whole thesaurus, and their words are recognised in a question.
"""

from portal.topics.usage import keys_of_empty_topics


def empty_topics() -> frozenset[str]:
    """Return the ids of the documents of the topics that hold nothing."""
    return frozenset(f"topic:{key}" for key in keys_of_empty_topics())
