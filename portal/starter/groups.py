"""Creates the groups of a new portal with their permissions (docs/architecture.md)."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
)

WRITERS, REVIEWERS, ADMINISTRATORS = "Schrijvers", "Nalezers", "Beheerders"
RECORDS = {
    "topics": ("topic",),
    "organisations": ("organisation", "contact"),
    "methods": ("adoption",),
    "webinars": ("series", "speaker", "recording", "furthersession"),
}
# Wagtail's migrations create these. Nobody is in those groups, so nobody would be asked to review.
WAGTAIL_GROUPS, WAGTAIL_WORKFLOW = ("Moderators", "Editors"), "Moderators approval"
REVIEW = "Nalezing"
COLLECTION_MODELS = (("wagtailimages", "core", "schakelimage"), ("wagtaildocs", "core", "schakeldocument"))


def translator_group_name(language: str) -> str:
    """Return the name of the group that translates into a language."""
    return f"Vertalers {language}"


def ensure_groups() -> None:
    """Create the groups with their permissions, if they are missing. An existing group is not changed."""
    dutch_home = _home("nl")
    writers, new = Group.objects.get_or_create(name=WRITERS)
    if new:
        _admin_access(writers)
        _pages(writers, dutch_home, "add_page", "change_page")
        _records(writers, "add", "change", "view")
        _files(writers, "add", "choose")
        looking = Permission.objects.filter(content_type__app_label="feeds", codename__in=("view_item", "view_source"))
        writers.permissions.add(*looking)
    reviewers, new = Group.objects.get_or_create(name=REVIEWERS)
    if new:
        _admin_access(reviewers)
        _pages(reviewers, dutch_home, "add_page", "change_page", "publish_page", "lock_page", "unlock_page")
        _records(reviewers, "add", "change", "view", "publish", "delete")
        _files(reviewers, "add", "change", "choose")
        reviewers.permissions.add(*Permission.objects.filter(codename="submit_translation"))
        # Connecting a source with its platform is for administrators.
        feeds = Permission.objects.filter(content_type__app_label="feeds").exclude(codename="connect_source")
        reviewers.permissions.add(*feeds)
        reviewers.permissions.add(*_on_questions("view", "change"))
    administrators, new = Group.objects.get_or_create(name=ADMINISTRATORS)
    if new:
        _admin_access(administrators)
        _pages(
            administrators,
            Page.get_first_root_node(),
            "add_page",
            "change_page",
            "publish_page",
            "bulk_delete_page",
            "lock_page",
            "unlock_page",
        )
        _records(administrators, "add", "change", "view", "publish", "delete")
        _files(administrators, "add", "change", "choose")
        administrators.permissions.add(
            *Permission.objects.filter(
                content_type__app_label__in=("feeds", "jobs", "core", "wagtail_localize", "wagtailcore")
            )
        )
        administrators.permissions.add(*_on_questions("view", "change", "delete"))
        on_subscriptions = Permission.objects.filter(
            content_type__app_label="follow", codename__in=("view_subscription", "delete_subscription")
        )
        administrators.permissions.add(*on_subscriptions)
    _set_review_workflow(reviewers)


def _set_review_workflow(reviewers: Group) -> None:
    """Make the reviewers, instead of Wagtail's moderators, approve what writers submit, records included."""
    workflow = Workflow.objects.filter(name=WAGTAIL_WORKFLOW).first()
    if workflow is None:
        return
    Workflow.objects.filter(pk=workflow.pk).update(name=REVIEW)
    for task in GroupApprovalTask.objects.filter(workflow_tasks__workflow=workflow):
        task.groups.set([reviewers])
        task.name = REVIEWERS
        task.save()
    for app, models in RECORDS.items():
        for content_type in ContentType.objects.filter(app_label=app, model__in=models):
            WorkflowContentType.objects.get_or_create(content_type=content_type, defaults={"workflow": workflow})
    Group.objects.filter(name__in=WAGTAIL_GROUPS, user=None).delete()


def ensure_translators(language: str) -> None:
    """Create the group that translates into a language, once its tree exists. It may publish only that tree."""
    home = _home(language)
    if home is None:
        return
    group, new = Group.objects.get_or_create(name=translator_group_name(language))
    if new:
        _admin_access(group)
        _pages(group, home, "change_page", "publish_page")


def _home(language: str) -> Page | None:
    return Page.objects.filter(depth=2, locale__language_code=language).first()


def _admin_access(group: Group) -> None:
    group.permissions.add(Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"))


def _pages(group: Group, page: Page | None, *codenames: str) -> None:
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _records(group: Group, *actions: str) -> None:
    for app, models in RECORDS.items():
        wanted = [f"{action}_{model}" for action in actions for model in models]
        group.permissions.add(*Permission.objects.filter(content_type__app_label=app, codename__in=wanted))


def _on_questions(*actions: str) -> QuerySet[Permission]:
    """The permissions on questions of visitors; what is in them is for who answers them only."""
    return Permission.objects.filter(
        content_type__app_label="ask", codename__in=[f"{action}_question" for action in actions]
    )


def _files(group: Group, *actions: str) -> None:
    root = Collection.get_first_root_node()
    for _app, label, model in COLLECTION_MODELS:
        wanted = [f"{action}_{model}" for action in actions] + [
            f"{action}_{model.removeprefix('schakel')}" for action in actions
        ]
        for permission in Permission.objects.filter(codename__in=wanted, content_type__app_label__in=(label, _app)):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
