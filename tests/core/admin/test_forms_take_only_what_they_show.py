"""What a form of the admin does not show, it does not take: for every form that staff fill in, and every group."""

from datetime import datetime

import pytest
from bs4 import BeautifulSoup
from django.db.models import BooleanField, DateField, DateTimeField, ForeignKey, IntegerField
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from portal.core.models import SchakelDocument, SchakelImage
from portal.feeds.models import Source
from portal.starter.groups import ADMINISTRATORS, REVIEWERS, WRITERS
from portal.webinars.models import Recording, Speaker
from tests.factories import PARENTS, make_member, make_method

pytestmark = pytest.mark.django_db
# What saving itself writes down, whoever saves and whatever is posted.
WRITTEN_BY_SAVING = {
    "id", "page_ptr", "path", "depth", "numchild", "url_path", "content_type", "draft_title", "latest_revision",
    "live_revision", "latest_revision_created_at", "has_unpublished_changes", "last_published_at", "updated_at",
}  # fmt: skip


def all_forms() -> dict[str, str]:
    """Every form of the admin that changes something of the portal's own, by its name."""
    forms = {}
    for model in get_snippet_models():
        forms[f"new {model.__name__}"] = reverse(model.snippet_viewset.get_url_name("add"))
    for model, parent in PARENTS.items():
        index = parent.objects.get(locale__language_code="nl")
        names = [model._meta.app_label, model._meta.model_name, index.pk]
        forms[f"new {model.__name__}"] = reverse("wagtailadmin_pages:add", args=names)
        forms[f"change {parent.__name__}"] = reverse("wagtailadmin_pages:edit", args=[index.pk])
    for model in (SchakelImage, SchakelDocument):
        label = model._meta.model_name.removeprefix("schakel")
        forms[f"new {model.__name__}"] = reverse(f"wagtail{label}s:add" if label == "image" else "wagtaildocs:add")
    for room in ("users", "groups"):
        forms[f"new one of {room}"] = reverse(f"wagtailusers_{room}:add")
    return forms


def shown_names(content: bytes) -> set[str]:
    """The names of everything on a page that is filled in; what a script makes says its name at its place."""
    page = BeautifulSoup(content, "html.parser")
    named = {element["name"] for element in page.find_all(attrs={"name": True})}
    placed = {element["data-contentpath"] for element in page.find_all(attrs={"data-contentpath": True})}
    return named | placed | {element["id"] for element in page.find_all(id=True)}


def not_shown(response) -> list[str]:
    """The fields that the form of a page has and the page does not show."""
    form, shown = response.context["form"], shown_names(response.content)

    def is_shown(name: str) -> bool:
        posted = form.add_prefix(name)
        return name in shown or any(one == posted or one.startswith((f"{posted}-", f"{posted}_")) for one in shown)

    return [name for name, field in form.fields.items() if not field.disabled and not is_shown(name)]


# Every form is opened on every database, once; what a group may fill in of it is the same on all.
@pytest.mark.parametrize(
    "group",
    [
        *(pytest.param(group, marks=pytest.mark.no_database) for group in (ADMINISTRATORS, REVIEWERS, WRITERS)),
        "superuser",
    ],
)
def test_every_field_that_a_form_takes_is_on_its_page(site, client, group):
    user = make_member(name="baas", is_superuser=True) if group == "superuser" else make_member(group)
    client.force_login(user)
    hidden, looked_at = {}, 0
    for name, address in all_forms().items():
        response = client.get(address)
        if response.status_code == 200:  # else the group may not fill it in at all
            looked_at += 1
            if fields := not_shown(response):
                hidden[name] = fields

    assert looked_at >= 14
    assert hidden == {}


def rendered_form(response) -> dict:
    """What a browser would post of a page as it came, without script."""
    page = BeautifulSoup(response.content, "html.parser")
    form, data = page.select_one("form[data-edit-form]"), {}
    for element in form.select("input[name], textarea[name], select[name]"):
        kind = element.get("type", "")
        if kind in ("checkbox", "radio") and not element.has_attr("checked") or kind in ("submit", "file", "button"):
            continue
        if element.name == "select":
            value = [one.get("value", "") for one in element.select("option[selected]")]
        else:
            value = [element.text.removeprefix("\n") if element.name == "textarea" else element.get("value", "")]
        data.setdefault(element["name"], []).extend(value)
    for block in page.select("[data-block][id]"):
        data[f"{block['id']}-count"] = ["0"]
    return data


def another_value(field, instance):
    """A value that the field could take and does not have."""
    now = getattr(instance, field.attname)
    if isinstance(field, BooleanField):
        return "" if now else "on"
    if isinstance(field, (DateField, DateTimeField)):
        return timezone.now().strftime("%Y-%m-%d %H:%M" if isinstance(field, DateTimeField) else "%Y-%m-%d")
    if isinstance(field, ForeignKey):
        return next(iter(field.related_model.objects.exclude(pk=now).values_list("pk", flat=True)), "")
    return "7" if isinstance(field, IntegerField) else "anders"


def values(thing) -> dict:
    """What is stored of a thing, its draft where it has one."""
    thing = type(thing).objects.get(pk=thing.pk)
    draft = thing.get_latest_revision_as_object() if getattr(thing, "latest_revision_id", None) else thing
    found = {field.name: getattr(draft, field.attname) for field in thing._meta.concrete_fields}
    # A draft keeps moments to the millisecond.
    return {name: now.replace(microsecond=0) if isinstance(now, datetime) else now for name, now in found.items()}


def one_of_each():
    return {
        "method": make_method(title="Buurtwerk"),
        "recording": Recording.objects.create(key="gesprek", title_nl="Gesprek", slug_nl="gesprek", live=False),
        "speaker": Speaker.objects.create(key="an", name="An Proef"),
        "source": Source.objects.create(name="Een kanaal", kind="web_feed", config="https://example.org/feed"),
        "user": make_member(WRITERS, name="collega"),
    }


def form_of(thing) -> str:
    if isinstance(thing, Page):
        return reverse("wagtailadmin_pages:edit", args=[thing.pk])
    if hasattr(thing, "snippet_viewset"):
        return reverse(thing.snippet_viewset.get_url_name("edit"), args=[thing.pk])
    return reverse("wagtailusers_users:edit", args=[thing.pk])


@pytest.mark.parametrize("group", [ADMINISTRATORS, REVIEWERS])
@pytest.mark.parametrize("kind", ["method", "recording", "speaker", "source", "user"])
def test_what_is_posted_beside_a_form_changes_nothing(site, client, group, kind):
    thing = one_of_each()[kind]
    client.force_login(make_member(ADMINISTRATORS if kind == "user" else group))
    page = client.get(form_of(thing))
    own, shown = rendered_form(page), shown_names(page.content)
    beside = {
        field.name: another_value(field, thing)
        for field in type(thing)._meta.concrete_fields
        if field.name not in page.context["form"].fields or field.name not in shown
    }
    before = values(thing)

    response = client.post(form_of(thing), beside | own)

    assert response.status_code == 302, response.context["form"].errors
    after = values(thing)
    assert {name for name in beside if before[name] != after[name]} <= WRITTEN_BY_SAVING
    assert beside.keys() - WRITTEN_BY_SAVING
