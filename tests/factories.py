"""Things to test with, published as staff would publish them."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from portal.core.publishing.index_updates import index_updates_once
from portal.home.models import DossierIndexPage, DossierPage, HomePage, PlainPage
from portal.methods.models import MethodIndexPage, MethodPage
from portal.projects.models import ProjectIndexPage, ProjectPage

PARENTS = {
    MethodPage: MethodIndexPage,
    ProjectPage: ProjectIndexPage,
    DossierPage: DossierIndexPage,
    PlainPage: HomePage,
}


def make_page(model, *, publish=True, **fields):
    """A Dutch page under its index page; needs the `site` fixture. Relations are given as in the model."""
    parent = PARENTS[model].objects.get(locale__language_code="nl")
    fields.setdefault("title", "Buurtbemiddeling")
    fields.setdefault("slug", fields.get("key") or fields["title"].lower().replace(" ", "-"))
    relations = {
        name: fields.pop(name)
        for name in list(fields)
        if name in ("topics", "tiers", "partners", "related", "method_links")
    }
    page = model(live=False, locale=parent.locale, **fields)
    for name, value in relations.items():
        getattr(page, name).set(value)
    with index_updates_once():  # half of the time that a page takes
        parent.add_child(instance=page)
        if publish:
            page.save_revision().publish()
    return model.objects.get(pk=page.pk)


def make_method(**fields):
    """A published method."""
    return make_page(MethodPage, **fields)


def make_project(**fields):
    """A published project."""
    return make_page(ProjectPage, **fields)


def make_member(*groups: str, name: str = "", **fields):
    """Somebody of the staff, in these groups; the password is “een lang wachtwoord”."""
    name = name or "-".join(groups).lower().replace(" ", "-") or "niemand"
    fields = {"email": f"{name}@example.org", "first_name": "An", "last_name": name} | fields
    user = get_user_model().objects.create_user(name, password="een lang wachtwoord", **fields)
    user.groups.set([Group.objects.get(name=group) for group in groups])
    return get_user_model().objects.get(pk=user.pk)
