"""Reads the files of the starter content: a folder for each item, with a file for each language."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from portal.core.errors import ExplainedError

CONTENT = Path(__file__).parents[1] / "content"
LANGUAGES = settings.CONTENT_LANGUAGES


class StarterContentError(ExplainedError):
    """A file of the starter content has an error; the sentence names the file."""


@dataclass(frozen=True)
class StarterItem:
    """One page or recording of the starter content: its facts, and its texts in each language."""

    kind: str
    key: str
    facts: dict
    texts: dict[str, dict] = field(default_factory=dict)
    folder: Path = CONTENT

    @property
    def name(self) -> str:
        return f"{self.kind}:{self.key}"

    def hash_of(self, language: str) -> str:
        """Return a hash that changes with the facts or the texts in this language.

        A translation is paired with the Dutch texts, so its hash changes with them too.
        """
        return digest([self.facts if language == "nl" else self.texts["nl"], self.texts.get(language)])


def digest(value: Any) -> str:
    """Return the sha256 of a value from YAML, independent of the order of its keys."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str, ensure_ascii=False).encode()).hexdigest()


def read_yaml(path: Path) -> Any:
    """Return the content of a YAML file. Raises StarterContentError if it cannot be read."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, yaml.YAMLError) as error:
        raise StarterContentError(f"{path.relative_to(CONTENT)} cannot be read: {error}") from error


def read_items(folder: str, kind: str) -> list[StarterItem]:
    """Return the items of a folder, in the order of their keys."""
    items = []
    for path in sorted((CONTENT / folder).glob("*/item.yaml")):
        facts = read_yaml(path)
        texts = {
            code: read_yaml(path.with_name(f"{code}.yaml"))
            for code in LANGUAGES
            if path.with_name(f"{code}.yaml").exists()
        }
        if "nl" not in texts:
            raise StarterContentError(f"{path.parent.relative_to(CONTENT)} has no nl.yaml; Dutch is the source.")
        if facts.get("key") != path.parent.name:
            raise StarterContentError(
                f"{path.relative_to(CONTENT)} has the key {facts.get('key')!r}, not its folder's name."
            )
        items.append(StarterItem(kind, facts["key"], facts, texts, path.parent))
    return items


def read_list(name: str) -> list[dict]:
    """Return the records in a file like organisations.yaml."""
    return read_yaml(CONTENT / name) or []


def read_site() -> dict:
    """Return the texts of the home and index pages, and the small records."""
    return read_yaml(CONTENT / "site.yaml")
