"""Who may manage whom: nobody gives, by a form or by way of somebody else, more than she may do herself."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from wagtail.models import GroupCollectionPermission, GroupPagePermission, GroupSitePermission

from portal.core.models import User


@dataclass(frozen=True)
class EffectivePermissions:
    """What somebody may do: permissions anywhere, and permissions under a page or a collection (its path) or in a site.

    Only a site's permission is also held by who has it anywhere; pages and collections ask for their own.
    """

    everything: bool = False
    permissions: frozenset[int] = frozenset()
    places: frozenset[tuple[str, str, int]] = frozenset()

    def cover(self, others: "EffectivePermissions") -> bool:
        """Whether these permissions include all of the others."""
        if self.everything:
            return True
        return (
            not others.everything
            and others.permissions <= self.permissions
            and all(self._hold(*place) for place in others.places)
        )

    def _hold(self, kind: str, path: str, permission: int) -> bool:
        if kind == "site" and permission in self.permissions:
            return True
        return any(kind == k and permission == p and path.startswith(above) for k, above, p in self.places)


def permissions_of_groups(groups: Iterable[Group]) -> EffectivePermissions:
    """What the members of these groups may do. Four queries."""
    places = {
        "page": GroupPagePermission.objects.values_list("page__path", "permission"),
        "collection": GroupCollectionPermission.objects.values_list("collection__path", "permission"),
        "site": GroupSitePermission.objects.annotate(path=Concat(Cast("site", CharField()), Value("/"))).values_list(
            "path", "permission"
        ),
    }
    ids = [group.pk for group in groups]
    return EffectivePermissions(
        permissions=frozenset(Permission.objects.filter(group__in=ids).values_list("pk", flat=True)),
        places=frozenset((kind, *place) for kind, rows in places.items() for place in rows.filter(group__in=ids)),
    )


def permissions_of(user: User) -> EffectivePermissions:
    """What somebody may do as long as the account is active."""
    if user.is_superuser:
        return EffectivePermissions(everything=True)
    groups = permissions_of_groups(user.groups.all())
    own = frozenset(user.user_permissions.values_list("pk", flat=True))
    return EffectivePermissions(permissions=groups.permissions | own, places=groups.places)


def may_manage(user: User, other: User) -> bool:
    """Whether somebody may change, switch off or delete an account: not one that may do more, or its new password or
    address would be the way to those rights."""
    return user.is_superuser or permissions_of(user).cover(permissions_of(other))


def assignable_groups(user: User) -> list[Group]:
    """The groups that somebody may put people in: those that may do nothing that she may not."""
    groups = Group.objects.all()
    if user.is_superuser:
        return list(groups)
    own = permissions_of(user)
    return [group for group in groups if own.cover(permissions_of_groups([group]))]
