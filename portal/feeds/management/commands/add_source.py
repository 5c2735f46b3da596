from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from portal.feeds.adapters.registry import ADAPTERS_BY_KIND
from portal.feeds.models import Source


class Command(BaseCommand):
    help = "Enter a source, switched off. A source that is there already is left as it is."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=sorted(ADAPTERS_BY_KIND), help="the kind of source")
        parser.add_argument("config", help="what this kind asks for: the id of a channel, an address")
        parser.add_argument("--name", required=True, help="what staff will see in the list of sources")

    def handle(self, *args, kind, config, name, **options):
        try:
            config = ADAPTERS_BY_KIND[kind].clean_config(config)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        source, is_new = Source.objects.get_or_create(kind=kind, config=config, defaults={"name": name})
        if options["verbosity"]:
            self.stdout.write(
                f"{source} ({source.pk}) " + ("was entered, switched off." if is_new else "is there already.")
            )
