"""Recordings to test with, published as staff would publish them."""

from portal.webinars.models import (
    Caption,
    Chapter,
    Cue,
    FurtherSession,
    FurtherSessionMethod,
    FurtherSessionProject,
    Recording,
    RecordingMethod,
    RecordingProject,
    RecordingSource,
    RecordingSpeaker,
    Speaker,
)


def make_recording(key="safe-spaces", *, topics=(), chapters=(), methods=(), projects=(), speakers=(), **fields):
    """A public recording. Chapters are (second, Dutch title); methods and projects (page, second or None)."""
    fields.setdefault("title_nl", "Veilige ruimtes")
    recording = Recording(key=key, live=fields.pop("live", True), **fields)
    recording.topics = list(topics)
    recording.chapters = [Chapter(start_s=start, title_nl=title) for start, title in chapters]
    recording.method_links = [RecordingMethod(method=page, at_s=at) for page, at in methods]
    recording.project_links = [RecordingProject(project=page, at_s=at) for page, at in projects]
    recording.speakers = [RecordingSpeaker(speaker=speaker) for speaker in speakers]
    recording.save()
    return Recording.objects.get(pk=recording.pk)


def make_watchable(key, **fields):
    """A public recording that plays, from a video on YouTube."""
    recording = make_recording(key, **fields)
    video_id = f"{recording.pk:0>11}"
    make_source(recording, f"yt:{video_id}", url=f"https://www.youtube.com/watch?v={video_id}")
    return Recording.objects.get(pk=recording.pk)


def make_caption(recording, language="nl", lines=((0, 4, "Welkom."),), origin="human"):
    """A transcript. Lines are (begin, end, text) in seconds, or with the name of the speaker as a fourth."""
    caption = Caption.objects.create(recording=recording, language=language, origin=origin)
    Cue.objects.bulk_create(
        Cue(
            caption=caption,
            position=number,
            start_ms=int(start * 1000),
            end_ms=int(end * 1000),
            text=text,
            speaker=who[0] if who else "",
        )
        for number, (start, end, text, *who) in enumerate(lines)
    )
    return caption


def make_source(recording, external_id="yt:aaaaaaaaaaa", platform="youtube", **fields):
    return RecordingSource.objects.create(recording=recording, external_id=external_id, platform=platform, **fields)


def make_speaker(key="ann", name="Ann Peeters", consent=True, **fields):
    return Speaker.objects.create(key=key, name=name, consent=consent, live=True, **fields)


def make_further_session(key="turijn", *, methods=(), projects=(), **fields):
    """A public session of others, linked from these pages."""
    session = FurtherSession(
        key=key,
        live=fields.pop("live", True),
        **{
            "title": "Presentazione Sbocciamo Torino",
            "title_language": "it",
            "organiser": "Città di Torino",
            "url": "https://example.org/sbocciamo",
            **fields,
        },
    )
    session.method_links = [FurtherSessionMethod(method=page) for page in methods]
    session.project_links = [FurtherSessionProject(project=page) for page in projects]
    session.save()
    return FurtherSession.objects.get(pk=session.pk)
