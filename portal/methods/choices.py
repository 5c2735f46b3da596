"""The choices of a method (docs/design.md section 4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    IDEA = "idea", _("idea")
    PILOT = "pilot", _("pilot")
    RUNNING = "running", _("running")
    REGULAR = "regular", _("regular service")
    STOPPED = "stopped", _("stopped")
    UNKNOWN = "unknown", _("not known")


class Role(models.TextChoices):
    OWNS = "owns", _("owns it")
    RUNS = "runs", _("runs it")
    TAKES_PART = "takes_part", _("takes part")
    REFERS_TO = "refers_to", _("refers to it")


class JudgedBy(models.TextChoices):
    PRESENTATION = "presentation", _("the presentation of September 2021")
    DEPARTMENT = "department", _("the department")
    EDITOR = "editor", _("the editors of this portal")


class Effect(models.TextChoices):
    POSITIVE = "positive", _("positive")
    MIXED = "mixed", _("mixed")
    NONE = "none", _("no effect")
    HARMFUL = "harmful", _("harmful")
    UNKNOWN = "unknown", _("unknown")


class CostBand(models.TextChoices):
    LESS_THAN_10K = "lt10k", _("less than 10 000 euro")
    FROM_10K = "10k_50k", _("10 000 to 50 000 euro")
    FROM_50K = "50k_250k", _("50 000 to 250 000 euro")
    MORE_THAN_250K = "gt250k", _("more than 250 000 euro")


class Figure(models.TextChoices):
    NONE = "none", _("no figure")
    LADDER = "ladder", _("ladder: acts in steps")
    CHAIN = "chain", _("chain that becomes a network")
    LEVELS = "levels", _("levels, broadest first")


class ConditionKind(models.TextChoices):
    LEGAL = "legal", _("legal")
    PARTNERS = "partners", _("partners")
    STAFF = "staff", _("staff")
    MONEY = "money", _("money")
    DATA = "data", _("data")
    SETTING = "setting", _("setting")


class RowPart(models.TextChoices):
    """The parts of the first screen of a method, in their order: the same everywhere (docs/design.md section 9)."""

    FOR_WHOM = "for_whom", _("for whom")
    WHAT = "what", _("what it is")
    PEOPLE = "people", _("people")
    MONEY = "money", _("money")
    MONTHS = "months", _("months to start")
    PARTNERS = "partners", _("partners")
    LAW = "law", _("law")
    EVIDENCE_HERE = "evidence_here", _("evidence here")
    EVIDENCE_ELSEWHERE = "evidence_elsewhere", _("evidence elsewhere")
    DID_NOT_WORK = "did_not_work", _("what did not work")
    USERS = "users", _("who else uses it")
    SINCE_THEN = "since_then", _("since then: a later change of name or law")


class PartnerRole(models.TextChoices):
    LEAD = "lead", pgettext_lazy("role of a partner", "lead")
    PARTNER = "partner", _("partner")
    REFERRER = "referrer", _("refers people to it")
    FUNDER = "funder", _("pays for it")


class AdoptionKind(models.TextChoices):
    USES = "uses", _("uses it")
    ADAPTED = "adapted", _("adapted it")
    TRIED = "tried", _("tried it")
