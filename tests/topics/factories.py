"""Topics to test with."""

from portal.topics.models import Topic


def make_topic(key, label="", broader=(), related=(), **fields):
    """A published topic; `label` is the Dutch one, others are given as `label_fr` and so on."""
    topic = Topic.objects.create(key=key, label_nl=label or key, slug_nl=key, **({"live": True} | fields))
    topic.broader.set(broader)
    topic.related.set(related)
    return topic
