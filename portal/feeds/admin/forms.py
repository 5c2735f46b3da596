"""The form of a source."""

from wagtail.admin.forms import WagtailAdminModelForm

from portal.feeds.adapters.registry import REGISTER, adapter_for


class SourceForm(WagtailAdminModelForm):
    """Offers the kinds that are pulled; the source that holds what files brought in keeps its kind."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "kind" not in self.fields:
            return
        if self.instance.pk and not adapter_for(self.instance.kind).pulled:
            for name in {"kind", "config", "enabled", "interval_s", "publishes"} & set(self.fields):
                self.fields[name].disabled = True
                self.fields[name].required = False
        else:
            self.fields["kind"].choices = [(adapter.kind, adapter.label) for adapter in REGISTER if adapter.pulled]
