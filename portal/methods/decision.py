"""The first screen of a method: eight rows to decide by, the same on every method (docs/design.md section 9).

A row that nobody has filled in says that it is not yet known, and where to ask: silence is never an answer.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.core.ask_links import ask_url
from portal.core.content.partial_dates import PartialDate, partial_date_sentence
from portal.core.content.references import numbers_of, references
from portal.methods.choices import RowPart
from portal.methods.facts import requirements_of
from portal.methods.models import MethodPage

# A number of people, an amount or a time that is older than this says its year and counts as partly known.
YEARS_THAT_A_VALUE_HOLDS = 3
AGEING = (RowPart.PEOPLE, RowPart.MONEY, RowPart.MONTHS)
# The rows in their order: the anchor of each, and its parts.
ROWS: tuple[tuple[str, tuple[RowPart, ...]], ...] = (
    ("whom", (RowPart.FOR_WHOM,)),
    ("what", (RowPart.WHAT,)),
    ("need", (RowPart.PEOPLE, RowPart.MONEY, RowPart.MONTHS, RowPart.PARTNERS, RowPart.LAW)),
    ("evidence", (RowPart.EVIDENCE_HERE, RowPart.EVIDENCE_ELSEWHERE)),
    ("not-worked", (RowPart.DID_NOT_WORK,)),
    ("users", (RowPart.USERS,)),
    ("position", ()),
    ("contact", ()),
)
KNOWN, PARTLY, UNKNOWN = "known", "partly", "unknown"


@dataclass(frozen=True)
class Statement:
    """A sentence of a row, with links to its sources. `as_of` is said where the reader must know of when it is.

    `law` says of an act whether it is in force and who confirmed that.
    """

    text: str
    language: str
    references: SafeString
    as_of: str = ""
    law: str = ""


@dataclass(frozen=True)
class Part:
    """A part of a row: what is known, or where to ask. `confirmed` is the day on which staff said: not known.

    `is_asked` is whether a visitor has asked about it and waits for an answer.
    What only undated sources say, an old number and law that nobody has confirmed are not certain: they count as partly
    known. `waits` says who still has to confirm law.
    """

    code: str
    id: str
    label: str
    statements: tuple[Statement, ...]
    ask: str
    confirmed: str = ""
    is_asked: bool = False
    waits: str = ""
    is_certain: bool = True

    @property
    def can_be_shown(self) -> bool:
        return bool(self.statements or self.confirmed or self.code == RowPart.EVIDENCE_HERE)

    @property
    def open_label(self) -> str:
        """What the line of open parts calls it."""
        return _("%(part)s (asked, no answer yet)") % {"part": self.label} if self.is_asked else self.label

    @property
    def is_known(self) -> bool:
        return bool(self.statements) and self.is_certain


@dataclass(frozen=True)
class Row:
    """A row of the first screen. Its state is `known`, `partly` or `unknown`."""

    id: str
    label: str
    state: str
    parts: tuple[Part, ...]

    @property
    def open_parts(self) -> list[Part]:
        """The parts about which nothing can be shown, so that one line names them; how far evidence goes always can."""
        return [part for part in self.parts if not part.can_be_shown]


@dataclass(frozen=True)
class Decision:
    """The rows of a method, and how many of them are known, partly known and not known.

    `later_changes` says what changed in name or law after the position, each with its date.
    """

    rows: tuple[Row, ...]
    later_changes: tuple[Statement, ...]
    known: int
    partly: int
    unknown: int


def decision_of(
    page: MethodPage,
    facts: MethodPage,
    *,
    has_contact: bool,
    has_users: bool = False,
    has_target_groups: bool = False,
    open_rows: Collection[str] = (),
    confirms_law: str = "",
    today: date | None = None,
) -> Decision:
    """Return the first screen of a method: words of `page`, facts of its Dutch page, as of `today` (UTC).

    `has_users` says that another organisation is registered as using it, `has_target_groups` that its form says for
    whom it is, which is less than a sourced sentence. `open_rows` are the parts about which a question is open,
    `confirms_law` is the role that law waits for.
    """
    parts = _parts(page, facts, open_rows, confirms_law, today or timezone.now().date())
    labels = row_labels()
    rows = []
    for name, codes in ROWS:
        shown = tuple(parts[code] for code in codes)
        state = _state(name, shown, facts, has_contact)
        if name == "users" and has_users:
            state = KNOWN
        elif name == "whom" and has_target_groups and state == UNKNOWN:
            state = PARTLY
        rows.append(Row(name, labels[name], state, shown))
    states = [row.state for row in rows]
    later = parts[RowPart.SINCE_THEN].statements
    return Decision(tuple(rows), later, states.count(KNOWN), states.count(PARTLY), states.count(UNKNOWN))


def row_labels() -> dict[str, str]:
    """Return the names of the rows by their anchors, in the active language."""
    return {
        "whom": _("For whom"),
        "what": _("What it is"),
        "need": _("What you need"),
        "evidence": _("Evidence"),
        "not-worked": _("What did not work"),
        "users": _("Who else uses it"),
        "position": _("Position as of"),
        "contact": _("Contact"),
    }


def _parts(
    page: MethodPage, facts: MethodPage, open_rows: Collection[str], confirms_law: str, today: date
) -> dict[RowPart, Part]:
    statements = _statements(page, facts)
    dates = defaultdict(list)
    law = law_of(facts)
    for block in facts.rows:
        if block.block_type == "fact":
            dates[block.value["part"]].append(block.value["as_of"])
    position = facts.position_as_of.isoformat() if facts.position_as_of else ""
    for part, values in _values(facts).items():
        statements[part][:0] = [
            Statement(value, page.language, SafeString(), partial_date_sentence(position)) for value in values
        ]
        dates[part].append(position)
    confirmed = {
        block.value["part"]: block.value["confirmed_on"] for block in facts.rows if block.block_type == "not_known"
    }
    about = f"{MethodPage.kind}:{facts.key}"
    parts = {}
    for part in RowPart:
        day = confirmed.get(part)
        parts[part] = Part(
            code=part.value,
            id=part.value.replace("_", "-"),
            label=str(part.label),
            statements=tuple(statements[part]),
            ask=ask_url(page.language, about, part.value),
            confirmed=partial_date_sentence(day.isoformat()) if day else "",
            is_asked=part.value in open_rows,
            waits=law_waits_for(confirms_law) if part is RowPart.LAW and not is_confirmed(law) else "",
            is_certain=(
                is_confirmed(law)
                if part is RowPart.LAW
                else any(_holds(as_of, today) if part in AGEING else as_of for as_of in dates[part])
            ),
        )
    return parts


def law_of(facts: MethodPage) -> list[Mapping[str, Any]]:
    """Return the facts of a method that state law."""
    of_rows = (block.value for block in facts.rows if block.block_type == "fact")
    return [fact for fact in of_rows if fact["part"] == RowPart.LAW]


def is_confirmed(law: Collection[Mapping[str, Any]]) -> bool:
    """Whether a role has confirmed every one of these facts about law."""
    return bool(law) and all(fact.get("confirmed_by") and fact.get("checked_on") for fact in law)


def law_waits_for(role: str) -> str:
    """Return the sentence that law waits for a role, without a role for the department."""
    if role:
        return _("Waits for confirmation by: %(role)s") % {"role": role}
    return _("Waits for confirmation by the department")


def _law(fact: Mapping[str, Any], words: Mapping[str, Any]) -> str:
    """What is said of an act: its name, the day on which somebody looked whether it is in force, who confirmed it."""
    day = partial_date_sentence(fact["checked_on"].isoformat()) if fact.get("checked_on") else ""
    role = (words.get("confirmed_by") or fact.get("confirmed_by") or "") if day else ""
    sentences = (
        words.get("act") or fact.get("act"),
        _("in force, checked on %(date)s") % {"date": day} if day else "",
        _("confirmed by: %(role)s") % {"role": role} if role else "",
    )
    return ", ".join(filter(None, sentences))


def _values(facts: MethodPage) -> dict[RowPart, list[str]]:
    """Return what the fields of a method say about what it asks, in words; they are true as of its position."""
    requirements = requirements_of(facts)
    yearly = requirements.cost_yearly
    values = {
        RowPart.PEOPLE: [requirements.staff],
        RowPart.MONEY: [requirements.cost_once, _("%(cost)s a year") % {"cost": yearly} if yearly else ""],
        RowPart.MONTHS: [requirements.months],
    }
    return {part: [value for value in of_part if value] for part, of_part in values.items() if any(of_part)}


def _holds(as_of: str | None, today: date) -> bool:
    """Whether a value is recent enough to be counted on; one without a date is not."""
    day = PartialDate.read(as_of or "")
    return day is not None and not day.is_before(
        PartialDate(today.year - YEARS_THAT_A_VALUE_HOLDS, today.month, today.day)
    )


def _statements(page: MethodPage, facts: MethodPage) -> dict[RowPart, list[Statement]]:
    """Return the facts of each part: of the Dutch page, with the words of `page` where it has them already."""
    numbers = numbers_of(facts.sources)
    words = {block.id: block.value for block in page.rows if block.block_type == "fact"}
    found: dict[RowPart, list[Statement]] = {part: [] for part in RowPart}
    for block in facts.rows:
        if block.block_type != "fact":
            continue
        fact, part = block.value, RowPart(block.value["part"])
        found[part].append(
            Statement(
                text=words[block.id]["text"] if block.id in words else fact["text"],
                language=page.language if block.id in words else facts.language,
                references=references([key.strip() for key in fact["source"].split(",")], numbers),
                as_of=_day_words(fact["as_of"], always=part in (*AGEING, RowPart.SINCE_THEN)),
                law=_law(fact, words.get(block.id, fact)) if part is RowPart.LAW else "",
            )
        )
    return found


def _day_words(as_of: str | None, *, always: bool) -> str:
    """The day of which a fact speaks, where a reader must know it; that its source has no date, everywhere."""
    if not as_of:
        return _("undated")
    return partial_date_sentence(as_of) if always else ""


def _state(name: str, parts: tuple[Part, ...], facts: MethodPage, has_contact: bool) -> str:
    if name == "position":
        return KNOWN if facts.position_as_of and facts.reviewed_on else PARTLY if facts.position_as_of else UNKNOWN
    if name == "contact":
        return KNOWN if has_contact else UNKNOWN
    if all(part.is_known for part in parts):
        return KNOWN
    return PARTLY if any(part.statements for part in parts) else UNKNOWN
