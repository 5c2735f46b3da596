"""The choices of a project, network or partnership."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProjectType(models.TextChoices):
    PROJECT = "project", _("project")
    NETWORK = "network", _("network")
    PARTNERSHIP = "partnership", _("partnership")


class Period(models.TextChoices):
    P2014 = "2014-2020", "2014-2020"
    P2021 = "2021-2027", "2021-2027"


class Fund(models.TextChoices):
    ERDF = "erdf", _("European Regional Development Fund")
    INTERREG = "interreg", _("Interreg 2021-2027, URBACT IV among them")
    H2020 = "h2020", _("Horizon 2020")
    HORIZON_EUROPE = "horizon", _("Horizon Europe")
    ISF_POLICE = "isf_police", _("Internal Security Fund – Police")
    ISF = "isf", _("Internal Security Fund")
    AMIF = "amif", _("Asylum, Migration and Integration Fund")
    CERV = "cerv", _("Citizens, Equality, Rights and Values programme")
    NONE = "none", _("no project grant")
    UNRESOLVED = "unresolved", _("not settled yet")
    NOT_EUROPEAN = "not_eu", _("a grant that is not European")
    OTHER = "other", _("another European fund")


# Their programmes number a project; every other fund has a grant agreement with a number.
NUMBERED_BY_PROGRAMME = (Fund.ERDF, Fund.INTERREG)
WITHOUT_EUROPEAN_GRANT = (Fund.NONE, Fund.NOT_EUROPEAN)


class HomeCityRole(models.TextChoices):
    LEAD = "lead", _("lead partner")
    PARTNER = "partner", _("project partner")
    MEMBER = "member", _("member")
    ADVISER = "adviser", _("member of an advisory committee")
    UNKNOWN = "unknown", _("not known")


class ProjectStatus(models.TextChoices):
    RUNNING = "running", _("running")
    ENDED = "ended", _("ended")
    ONGOING = "ongoing", _("without an end date")
    UNKNOWN = "unknown", _("not known")


class PartnerRole(models.TextChoices):
    LEAD = "lead", pgettext_lazy("role of a partner", "lead")
    COORDINATOR = "coordinator", _("coordinator")
    PARTNER = "partner", _("partner")
    MEMBER = "member", _("member")
    CO_FACILITATOR = "co_facilitator", _("co-facilitator")
    SECRETARIAT = "secretariat", _("secretariat")
    PARTICIPANT = "participant", _("participating city")


class MethodRelation(models.TextChoices):
    """How a method is joined to a project, the closest first."""

    BORN_IN = "born_in", _("born in this project")
    USED = "used", _("used in this project")
    TESTED = "tested", _("tested in this project")
    RELATED = "related", _("on the same subject")
