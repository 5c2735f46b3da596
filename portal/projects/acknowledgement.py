"""The funding acknowledgement of a project: computed from its fund, period and grant number.

The wording is prescribed, so it stands here in each language and not in the catalogues, where a translator could
change it. Which rules apply depends on the period of the grant, not on the year of publication:

- 2021-2027: Regulation (EU) 2021/1060, articles 47 and 50 and Annex IX;
- ERDF 2014-2020: Regulation (EU) 1303/2013, Annex XII, 2.2: emblem, "European Union" and the name of the fund;
- Horizon 2020: articles 29.4 (sentence) and 29.5 (disclaimer) of the model grant agreement;
- ISF-Police 2014-2020: the grant agreement: funding line and disclaimer.

The English sentences are those of the grant agreements; where no official translation was found, the other languages
have ours (docs/decisions.md, "The funding lines in four languages").

A partnership or network without a grant shows no emblem, nor does a project whose fund is not settled.
"""

from dataclasses import dataclass, replace

from django.utils import translation
from django.utils.translation import gettext as _

from portal.projects.choices import Fund, Period


@dataclass(frozen=True)
class Wording:
    """What the rules make us say, in one language. `{number}` is the number of the grant agreement."""

    union: str
    erdf: str
    h2020: str
    h2020_without_number: str
    h2020_disclaimer: str
    isf_police: str
    isf_police_disclaimer: str
    cofunded: str


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


def acknowledgement(project, language: str = "") -> Acknowledgement | None:
    """The acknowledgement of a project in a language (the active one when empty), or None when none may be shown.

    `project` is the Dutch page: fund, period and number are facts. A fund or number that is not confirmed is not
    acknowledged as if it were.
    """
    language = language or translation.get_language()
    words = WORDING.get(language, WORDING[FALLBACK])
    lang = language if language in WORDING else FALLBACK
    fund = project.fund if project.is_certain("fund") else Fund.UNRESOLVED
    if fund in (Fund.NONE, Fund.UNRESOLVED):
        return None
    if fund == Fund.H2020:
        number = project.grant_number if project.is_certain("grant_number") else ""
        sentence = words.h2020.format(number=number) if number else words.h2020_without_number
        return Acknowledgement(union=words.union, sentence=sentence, disclaimer=words.h2020_disclaimer, lang=lang)
    if project.period == Period.P2021:
        return Acknowledgement(union=words.cofunded, lang=lang)
    if fund == Fund.ISF_POLICE:
        return Acknowledgement(
            union=words.union, sentence=words.isf_police, disclaimer=words.isf_police_disclaimer, lang=lang
        )
    if fund == Fund.ERDF and project.period == Period.P2014:
        return Acknowledgement(union=words.union, fund=words.erdf, lang=lang)
    return None


def missing(project) -> list[str]:
    """What keeps the acknowledgement of a project from being whole and certain, in sentences for an editor."""
    fund, period = project.fund, project.period
    if fund == Fund.NONE:
        if project.is_certain("fund"):
            return []
        return [_("Nobody has confirmed that there was no grant. Until then no emblem is shown.")]
    if fund == Fund.UNRESOLVED:
        return [
            _("The fund is not settled, so no emblem is shown. Look it up in the grant agreement and choose it above.")
        ]
    sentences = []
    if not project.is_certain("fund"):
        sentences.append(_("The fund is not confirmed, so no emblem is shown. Look it up in the grant agreement."))
    if not project.programme:
        sentences.append(_("The programme is missing. Write it as it calls itself, for instance “URBACT III”."))
    if not period and fund in (Fund.ERDF, Fund.OTHER):
        sentences.append(_("The programming period is missing. The rules follow from it, so no emblem is shown."))
    elif not period:
        sentences.append(_("The programming period is missing."))
    elif not project.is_certain("period"):
        sentences.append(_("The programming period is not confirmed. The rules follow from it."))
    if fund == Fund.OTHER and period == Period.P2014:
        sentences.append(
            _(
                "For this fund the portal knows no prescribed wording for 2014-2020, so no emblem is shown. "
                "Ask the lead partner which line the grant agreement asks for."
            )
        )
    if fund in (Fund.H2020, Fund.ISF_POLICE):
        if period == Period.P2021:
            sentences.append(_("This fund belongs to the period 2014-2020. Check the fund and the period."))
        if not project.grant_number:
            sentences.append(_("The number of the grant agreement is missing."))
        elif not project.is_certain("grant_number"):
            sentences.append(
                _("The number of the grant agreement is not confirmed, so it is not shown in the sentence.")
            )
    return sentences
