"""One thing of every kind, each joined to as many others as a test asks for."""

import io
import json

from django.core.files.base import ContentFile
from PIL import Image

from portal.core.models import SchakelDocument, SchakelImage
from portal.home.models import DossierIndexPage
from portal.methods.models import MethodPartner, MethodRelation, MethodTier
from portal.organisations.models import CityIndexPage
from portal.projects.models import ProjectMethod, ProjectPartner
from portal.topics.models import TopicIndexPage
from portal.webinars.models import RecordingMethod, RecordingProject, RecordingSpeaker, Series, WebinarIndexPage
from tests.factories import make_method, make_project
from tests.home.factories import block, make_dossier, make_plain, section
from tests.methods.factories import adoption
from tests.organisations.factories import make_city, make_contact, make_home_city, make_organisation
from tests.projects.factories import event
from tests.topics.factories import make_topic
from tests.webinars.factories import make_caption, make_recording, make_source, make_speaker

IN_EVERY_LANGUAGE = (DossierIndexPage, TopicIndexPage, CityIndexPage, WebinarIndexPage)


class Everything:
    """The things whose pages are measured; `add` joins one more of every kind to each of them."""

    def __init__(self):
        self.topic = make_topic("nuisance", "overlast")
        self.city = make_home_city()
        self.owner = make_organisation("stad-mechelen", city=self.city)
        known = {"contact": make_contact("preventie", "Dienst preventie", organisation=self.owner)}
        self.method = make_method(title="Buurtwerk", key="buurtwerk", owned_by=self.owner, **known)
        after = make_project(title="Opvolger", key="opvolger")
        self.project = make_project(title="ORPHEUS", key="orpheus", home_city_role="lead", successor=after, **known)
        self.recording = _recording("safe-spaces", title_nl="Veilige ruimtes")
        self.dossier = make_dossier(key="dialoog", title="Dialoog")
        self.plain = make_plain(block(1, "text", "<p>Over.</p>"), key="over", title="Over")
        self.number = 0

    @property
    def pages(self):
        return self.method, self.project, self.dossier, self.plain

    def add(self):
        self.number += 1
        name = f"nog-{self.number}"
        topic = make_topic(name, broader=[self.topic], related=[self.topic])
        self.topic.broader.add(make_topic(f"breed-{name}"))
        service, city = make_organisation(name, city=self.city), make_city(f"stad-{name}")
        make_contact(name, name, organisation=self.city)
        method, project, recording = (
            make_method(title=name, key=name),
            make_project(title=name, key=name),
            _recording(name),
        )
        for one, other in ((self.method, topic), (self.project, topic), (self.dossier, topic), (self.recording, topic)):
            type(one).topics.through.objects.create(**{f"{one._meta.model_name}": one, "topic": other})
        for one in (method, project, recording):
            one.topics.add(self.topic)
            one.save()
        self._join_method(method, topic, service)
        self._join_project(project, method, service, city)
        self._join_recording(recording, service)
        self._write(name, method)

    def _join_method(self, method, topic, service):
        self.method.target_groups.through.objects.create(methodpage=self.method, topic=topic)
        for one in (self.method, method):
            MethodTier.objects.create(page=one, tier="preventive", sort_order=self.number)
            MethodPartner.objects.create(page=one, organisation=service, sort_order=self.number)
        MethodRelation.objects.create(page=self.method, method=method, sort_order=self.number)
        adoption(self.method, service)
        adoption(method, self.city)

    def _join_project(self, project, method, service, city):
        ProjectPartner.objects.create(page=project, organisation=service, role="partner", sort_order=self.number)
        for one in (self.project, project):
            ProjectMethod.objects.create(page=one, method=self.method, sort_order=self.number)
        ProjectPartner.objects.create(page=self.project, organisation=city, role="lead", sort_order=self.number)
        ProjectMethod.objects.create(page=self.project, method=method, sort_order=self.number)
        project.successor = self.project
        project.save()

    def _join_recording(self, recording, service):
        speaker = make_speaker(service.key, organisation=service)
        for one in (self.recording, recording):
            RecordingSpeaker.objects.create(recording=one, speaker=speaker, sort_order=self.number)
            RecordingMethod.objects.create(recording=one, method=self.method, at_s=self.number)
            RecordingProject.objects.create(recording=one, project=self.project, at_s=self.number)
        make_caption(self.recording, ("nl", "fr", "en", "de")[self.number % 4], origin="corrected")

    def _write(self, name, method):
        """Longer texts with links, in every language in which a page is."""
        turns = range(1, self.number + 1)
        text = f'<p><a linktype="page" id="{method.pk}">daar</a></p>' * self.number
        named = [f"{kind}:{name}" for kind in ("method", "project", "recording", "topic", "organisation")]
        sections = [section(turn, "Deel", [*named, "method:buurtwerk"], text=text) for turn in turns]
        document = SchakelDocument.objects.create(title=name, file=ContentFile(b"%PDF-1.7", f"{name}.pdf")).pk
        made = [_deliverable(turn, document) for turn in turns]
        dated = [event(turn, "Begin.", "2020") for turn in turns]
        written = (
            {"mechanism": text, "challenge": text},
            {"results": text, "challenge": text, "timeline": json.dumps(dated), "deliverables": json.dumps(made)},
            {"introduction": text, "sections": json.dumps(sections)},
            {"body": json.dumps([block(turn, "text", text) for turn in turns])},
        )
        for page, words in zip(self.pages, written, strict=True):
            type(page).objects.filter(key=page.key).update(**words)
        make_dossier(*sections, key=name, title=name, topics=[self.topic])

    def translate(self, translate, language):
        """Put the pages in a language; records have no words of their own in it and fall back."""
        for model in IN_EVERY_LANGUAGE:
            translate(model.objects.get(locale__language_code="nl"), language)
        for page in self.pages:
            translate(type(page).objects.get(pk=page.pk), language)

    def paths(self, language):
        """The address of each of them in a language."""
        pages = [type(page).objects.get(key=page.key, locale__language_code=language) for page in self.pages]
        records = (self.topic, self.city, self.owner, self.recording)
        return [page.get_url() for page in pages] + [record.path_in(language) for record in records]


def _recording(name, **fields):
    """A recording with a poster and a transcript. Staff wrote no title unless one is given: the source's is shown."""
    picture = io.BytesIO()
    Image.new("RGB", (1280, 720), "#a4262c").save(picture, "PNG")
    poster = SchakelImage.objects.create(title=name, file=ContentFile(picture.getvalue(), f"{name}.png"))
    series = Series.objects.create(key=name, title_nl=name, live=True)
    recording = make_recording(
        name, poster=poster, series=series, mechelen_part="speaker", **({"title_nl": ""} | fields)
    )
    make_source(recording, external_id=f"yt:{name}", title=name, text="Zo heet het daar.")
    make_caption(recording)
    return recording


def _deliverable(number, document):
    value = {"title": "Gids", "note": "", "url": "", "document": document}
    return {"type": "deliverable", "id": f"00000000-0000-4000-8000-{number:012}", "value": value}
