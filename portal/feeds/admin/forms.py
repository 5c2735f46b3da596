"""The form of a source."""

from wagtail.admin.forms import WagtailAdminModelForm

from portal.feeds.adapters.registry import adapter_for, pulled_adapters


class SourceForm(WagtailAdminModelForm):
    """Offers the kinds that are pulled. The source of imported files keeps its kind, and only its name can change."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "kind" not in self.fields:
            return
        if self.instance.pk and not adapter_for(self.instance.kind).is_pulled:
            for name in {"kind", "config", "enabled", "interval_s", "publishes"} & set(self.fields):
                self.fields[name].disabled = True
                self.fields[name].required = False
        else:
            self.fields["kind"].choices = [(adapter.kind, adapter.label) for adapter in pulled_adapters()]
