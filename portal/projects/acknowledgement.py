"""The funding acknowledgement of a project: computed from its fund, period and grant number.

The wording is prescribed, so it stands here in each language and not in the catalogues, where a translator could
change it. Which rules apply depends on the fund and on the period of the grant, not on the year of publication:

- ERDF 2014-2020: Regulation (EU) 1303/2013, Annex XII, 2.2: emblem, "European Union" and the name of the fund;
- Horizon 2020: articles 29.4 (sentence) and 29.5 (disclaimer) of the model grant agreement;
- ISF-Police 2014-2020: the grant agreement: funding line and disclaimer;
- ERDF 2021-2027: Regulation (EU) 2021/1060, articles 47 and 50 and Annex IX: emblem and "Co-funded by the European
  Union"; Interreg (URBACT IV is one of its programmes) has its name beside that: Regulation (EU) 2021/1059, article 36;
- what the Commission or one of its agencies grants itself in 2021-2027 (Horizon Europe, CERV, ISF, AMIF): article 17.2
  of the model grant agreement (emblem and "Funded by the European Union" or "Co-funded by the European Union") and
  17.3 (disclaimer).

The English sentences are those of the rules; where no official translation was found, the other languages have ours
(docs/decisions.md, "The funding lines in four languages").

A partnership or network without a grant shows no emblem, nor does a project whose fund is not settled, a grant that is
not European, or a fund for which no rule stands here.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from django.utils import translation
from django.utils.translation import gettext as _

from portal.projects.choices import NUMBERED_BY_PROGRAMME, WITHOUT_EUROPEAN_GRANT, Fund, Period


class FundedProject(Protocol):
    """The facts that an acknowledgement is computed from; the Dutch page of a project has them."""

    fund: str
    period: str
    programme: str
    grant_number: str
    total_budget_eur: Decimal | None
    eu_contribution_eur: Decimal | None

    def is_certain(self, field: str) -> bool: ...


@dataclass(frozen=True)
class Wording:
    """The prescribed words in one language. `{number}` is the number of the grant agreement.

    `granted_disclaimer` is that of grants which the Commission or its agencies give themselves in 2021-2027.
    """

    union: str
    erdf: str
    h2020: str
    h2020_without_number: str
    h2020_disclaimer: str
    isf_police: str
    isf_police_disclaimer: str
    cofunded: str
    funded: str
    granted_disclaimer: str


WORDING = {
    "nl": Wording(
        union="Europese Unie",
        erdf="Europees Fonds voor Regionale Ontwikkeling",
        h2020=(
            "Dit project heeft financiering ontvangen uit het onderzoeks- en innovatieprogramma Horizon 2020 van de "
            "Europese Unie in het kader van subsidieovereenkomst nr. {number}."
        ),
        h2020_without_number=(
            "Dit project heeft financiering ontvangen uit het onderzoeks- en innovatieprogramma Horizon 2020 van de "
            "Europese Unie."
        ),
        h2020_disclaimer=(
            "Deze pagina geeft uitsluitend de mening van de auteur weer. Het Agentschap is niet verantwoordelijk voor "
            "het gebruik dat van de informatie op deze pagina kan worden gemaakt."
        ),
        isf_police=(
            "Dit project is gefinancierd door het Fonds voor interne veiligheid – Politie van de Europese Unie."
        ),
        isf_police_disclaimer=(
            "De inhoud van deze pagina geeft uitsluitend de mening van de auteur weer, die er als enige "
            "verantwoordelijk voor is. De Europese Commissie aanvaardt geen enkele verantwoordelijkheid voor het "
            "gebruik dat van de informatie op deze pagina kan worden gemaakt."
        ),
        cofunded="Medegefinancierd door de Europese Unie",
        funded="Gefinancierd door de Europese Unie",
        granted_disclaimer=(
            "De hier geuite ideeën en meningen komen echter uitsluitend voor rekening van de auteur(s) en geven niet "
            "noodzakelijkerwijs die van de Europese Unie of de subsidieverlenende autoriteit weer. Noch de Europese "
            "Unie, noch de subsidieverlenende autoriteit kan ervoor aansprakelijk worden gesteld."
        ),
    ),
    "fr": Wording(
        union="Union européenne",
        erdf="Fonds européen de développement régional",
        h2020=(
            "Ce projet a reçu un financement du programme de recherche et d’innovation Horizon 2020 de l’Union "
            "européenne au titre de la convention de subvention nº {number}."
        ),
        h2020_without_number=(
            "Ce projet a reçu un financement du programme de recherche et d’innovation Horizon 2020 de l’Union "
            "européenne."
        ),
        h2020_disclaimer=(
            "Cette page ne reflète que le point de vue de son auteur. L’Agence n’est pas responsable de l’usage qui "
            "pourrait être fait des informations qui y figurent."
        ),
        isf_police=("Ce projet a été financé par le Fonds pour la sécurité intérieure – Police de l’Union européenne."),
        isf_police_disclaimer=(
            "Le contenu de cette page ne reflète que le point de vue de son auteur, qui en est seul responsable. La "
            "Commission européenne décline toute responsabilité quant à l’usage qui pourrait être fait des "
            "informations qui y figurent."
        ),
        cofunded="Cofinancé par l’Union européenne",
        funded="Financé par l’Union européenne",
        granted_disclaimer=(
            "Les points de vue et avis exprimés n’engagent toutefois que leur(s) auteur(s) et ne reflètent pas "
            "nécessairement ceux de l’Union européenne ou de l’autorité chargée de l’octroi. Ni l’Union européenne ni "
            "l’autorité chargée de l’octroi ne sauraient en être tenues pour responsables."
        ),
    ),
    "en": Wording(
        union="European Union",
        erdf="European Regional Development Fund",
        h2020=(
            "This project has received funding from the European Union’s Horizon 2020 research and innovation "
            "programme under grant agreement No {number}."
        ),
        h2020_without_number=(
            "This project has received funding from the European Union’s Horizon 2020 research and innovation "
            "programme."
        ),
        h2020_disclaimer=(
            "This page reflects only the author’s view. The Agency is not responsible for any use that may be made of "
            "the information it contains."
        ),
        isf_police="This project was funded by the European Union’s Internal Security Fund – Police.",
        isf_police_disclaimer=(
            "The content of this page represents the views of the author only and is his or her sole responsibility. "
            "The European Commission does not accept any responsibility for use that may be made of the information "
            "it contains."
        ),
        cofunded="Co-funded by the European Union",
        funded="Funded by the European Union",
        granted_disclaimer=(
            "Views and opinions expressed are however those of the author(s) only and do not necessarily reflect "
            "those of the European Union or the granting authority. Neither the European Union nor the granting "
            "authority can be held responsible for them."
        ),
    ),
    "de": Wording(
        union="Europäische Union",
        erdf="Europäischer Fonds für regionale Entwicklung",
        h2020=(
            "Dieses Projekt wurde aus dem Forschungs- und Innovationsprogramm Horizont 2020 der Europäischen Union im "
            "Rahmen der Finanzhilfevereinbarung Nr. {number} gefördert."
        ),
        h2020_without_number=(
            "Dieses Projekt wurde aus dem Forschungs- und Innovationsprogramm Horizont 2020 der Europäischen Union "
            "gefördert."
        ),
        h2020_disclaimer=(
            "Diese Seite gibt ausschließlich die Ansicht des Verfassers wieder. Die Agentur ist nicht verantwortlich "
            "für die Verwendung der darin enthaltenen Informationen."
        ),
        isf_police=(
            "Dieses Projekt wurde aus dem Fonds für die innere Sicherheit – Polizei der Europäischen Union gefördert."
        ),
        isf_police_disclaimer=(
            "Der Inhalt dieser Seite gibt ausschließlich die Ansicht des Verfassers wieder, der allein dafür "
            "verantwortlich ist. Die Europäische Kommission übernimmt keine Verantwortung für die Verwendung der "
            "darin enthaltenen Informationen."
        ),
        cofunded="Kofinanziert von der Europäischen Union",
        funded="Finanziert von der Europäischen Union",
        granted_disclaimer=(
            "Die geäußerten Ansichten und Meinungen entsprechen jedoch ausschließlich denen des Autors bzw. der "
            "Autoren und spiegeln nicht zwingend die der Europäischen Union oder der Bewilligungsbehörde wider. Weder "
            "die Europäische Union noch die Bewilligungsbehörde können dafür verantwortlich gemacht werden."
        ),
    ),
}
FALLBACK = "en"


@dataclass(frozen=True)
class Acknowledgement:
    """What the component `funding` shows, with the emblem. `lang` is the language of the words."""

    union: str = ""
    fund: str = ""
    sentence: str = ""
    disclaimer: str = ""
    lang: str = ""
    emblem: bool = True

    @property
    def in_the_head(self) -> "Acknowledgement":
        """The same without the disclaimer, which is long and may stand further down the page."""
        return replace(self, disclaimer="")


Rule = Callable[[FundedProject, Wording], Acknowledgement]


def _fund_beside_the_union(project: FundedProject, words: Wording) -> Acknowledgement:
    return Acknowledgement(union=words.union, fund=words.erdf)


def _horizon_2020(project: FundedProject, words: Wording) -> Acknowledgement:
    number = project.grant_number if project.is_certain("grant_number") else ""
    sentence = words.h2020.format(number=number) if number else words.h2020_without_number
    return Acknowledgement(union=words.union, sentence=sentence, disclaimer=words.h2020_disclaimer)


def _isf_police(project: FundedProject, words: Wording) -> Acknowledgement:
    return Acknowledgement(union=words.union, sentence=words.isf_police, disclaimer=words.isf_police_disclaimer)


def _cofunded(project: FundedProject, words: Wording) -> Acknowledgement:
    return Acknowledgement(union=words.cofunded)


def _cofunded_by_interreg(project: FundedProject, words: Wording) -> Acknowledgement:
    return Acknowledgement(union=words.cofunded, fund="Interreg")


def _granted(project: FundedProject, words: Wording) -> Acknowledgement:
    """Funded when the Union is known to pay everything, as Horizon Europe mostly does; else co-funded."""
    amounts = ("total_budget_eur", "eu_contribution_eur")
    total, share = (getattr(project, name) if project.is_certain(name) else None for name in amounts)
    if total is not None and share is not None:
        whole = share >= total
    else:
        whole = project.fund == Fund.HORIZON_EUROPE
    return Acknowledgement(union=words.funded if whole else words.cofunded, disclaimer=words.granted_disclaimer)


# What a fund asks to be shown, for each period in which it exists.
RULES: dict[str, dict[str, Rule]] = {
    Fund.ERDF: {Period.P2014: _fund_beside_the_union, Period.P2021: _cofunded},
    Fund.INTERREG: {Period.P2021: _cofunded_by_interreg},
    Fund.H2020: {Period.P2014: _horizon_2020},
    Fund.HORIZON_EUROPE: {Period.P2021: _granted},
    Fund.ISF_POLICE: {Period.P2014: _isf_police},
    Fund.ISF: {Period.P2021: _granted},
    Fund.AMIF: {Period.P2021: _granted},
    Fund.CERV: {Period.P2021: _granted},
}


def _rule(project: FundedProject) -> Rule | None:
    """The rule of a project's fund in its period; where the fund has only one, the period need not be filled in."""
    rules = RULES.get(project.fund, {})
    if not project.period and len(rules) == 1:
        return next(iter(rules.values()))
    return rules.get(project.period)


def acknowledgement(project: FundedProject, language: str = "") -> Acknowledgement | None:
    """Return the acknowledgement of a project in a language (the active one when empty); None when none may be shown.

    `project` is the Dutch page: fund, period and number are facts. A fund or number that is not confirmed is not
    acknowledged as if it were.
    """
    language = language or translation.get_language()
    lang = language if language in WORDING else FALLBACK
    rule = _rule(project) if project.is_certain("fund") else None
    return replace(rule(project, WORDING[lang]), lang=lang) if rule else None


def missing_parts(project: FundedProject) -> list[str]:
    """Return what is missing or unconfirmed in the acknowledgement of a project, as sentences for an editor."""
    fund, period = project.fund, project.period
    if fund in WITHOUT_EUROPEAN_GRANT:
        if project.is_certain("fund"):
            return []
        return [_("Nobody has confirmed that there was no European grant. Until then no emblem is shown.")]
    if fund == Fund.UNRESOLVED:
        return [
            _("The fund is not settled, so no emblem is shown. Look it up in the grant agreement and choose it above.")
        ]
    if fund == Fund.OTHER:
        return [
            _(
                "For this fund the portal knows no prescribed wording, so no emblem is shown. "
                "Ask the lead partner which line the grant agreement asks for."
            )
        ]
    sentences = []
    if not project.is_certain("fund"):
        sentences.append(_("The fund is not confirmed, so no emblem is shown. Look it up in the grant agreement."))
    if not project.programme:
        sentences.append(_("The programme is missing. Write it as it calls itself, for instance “URBACT III”."))
    sentences += _about_the_period(project, period)
    if fund not in NUMBERED_BY_PROGRAMME:
        if not project.grant_number:
            sentences.append(_("The number of the grant agreement is missing."))
        elif not project.is_certain("grant_number"):
            sentences.append(
                _("The number of the grant agreement is not confirmed, so it is not shown in the sentence.")
                if fund == Fund.H2020  # the only one whose sentence has it
                else _("The number of the grant agreement is not confirmed.")
            )
    return sentences


def _about_the_period(project: FundedProject, period: str) -> list[str]:
    """What is wrong with the period, from which the rules follow."""
    if not period:
        if _rule(project):
            return [_("The programming period is missing.")]
        return [_("The programming period is missing. The rules follow from it, so no emblem is shown.")]
    if not _rule(project):
        return [
            _(
                "For this fund in the period %(period)s the portal knows no prescribed wording, so no emblem is shown. "
                "Check the fund and the period, or ask the lead partner which line the grant agreement asks for."
            )
            % {"period": period}
        ]
    if not project.is_certain("period"):
        return [_("The programming period is not confirmed. The rules follow from it.")]
    return []
