"""Make tests/fixtures/schemaorg/vocabulary.json. Run it again when the portal uses another type.

    python -m tools.make_schemaorg_vocabulary schemaorg-current-https.jsonld

The file that it reads is in data/releases/<version> of github.com/schemaorg/schemaorg. Kept are the types below with
everything above them, and the properties of these with their domains and ranges.
"""

import json
import sys
from pathlib import Path

USED = """
    AboutPage Article AudioObject BreadcrumbList Clip CollectionPage ContactPage ContactPoint CreativeWork
    CreativeWorkSeries DefinedTerm DefinedTermSet EntryPoint Event EventStatusType GovernmentOrganization
    HowTo HowToStep ListItem MonetaryAmount MonetaryGrant NGO Organization Person PodcastEpisode PostalAddress
    PresentationDigitalDocument Project ResearchOrganization ResearchProject SearchAction TechArticle
    VideoObject WebPage WebSite
""".split()
DATATYPES = {"Boolean", "Date", "DateTime", "Number", "Text", "Time", "URL", "Integer", "Float", "Duration"}
FIXTURE = Path(__file__).resolve().parents[1] / "tests/fixtures/schemaorg/vocabulary.json"


def names(value: dict | list | None) -> list[str]:
    """The schema.org names that a property of the vocabulary refers to."""
    values = value if isinstance(value, list) else [value] if value else []
    return sorted(one["@id"].removeprefix("schema:") for one in values if one["@id"].startswith("schema:"))


def main(vocabulary: str) -> None:
    known = {node["@id"].removeprefix("schema:"): node for node in json.loads(Path(vocabulary).read_text())["@graph"]}
    types: dict[str, list[str]] = {}
    waiting = list(USED)
    while waiting:
        name = waiting.pop()
        if name not in types:
            types[name] = names(known[name].get("rdfs:subClassOf"))
            waiting += types[name]
    properties = {}
    for name, node in known.items():
        domains = [one for one in names(node.get("schema:domainIncludes")) if one in types]
        ranges = [one for one in names(node.get("schema:rangeIncludes")) if one in types or one in DATATYPES]
        if domains and ranges and "schema:supersededBy" not in node:
            properties[name] = {"domains": domains, "ranges": ranges}
    members = {
        name: node["@type"].removeprefix("schema:")
        for name, node in known.items()
        if isinstance(node["@type"], str) and node["@type"].removeprefix("schema:") in types
    }
    made: dict[str, dict] = {"types": types, "properties": properties, "members": members}
    lines = [
        f'"{part}": {{\n'
        + ",\n".join(f"  {json.dumps(name)}: {json.dumps(entries[name])}" for name in sorted(entries))
        + "\n}"
        for part, entries in made.items()
    ]
    FIXTURE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
