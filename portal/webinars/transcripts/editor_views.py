"""The editor of a transcript in the admin: text beside its time, search and replace over the whole, earlier versions.

The whole transcript is one form. What somebody typed travels with every button, and nothing is kept before *Save*, so a
replacement can be looked at and undone first. It works without JavaScript.
"""

import json

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from portal.ui.times import clock, exact_clock
from portal.webinars.admin_mixins import RecordingMixin
from portal.webinars.models import Caption, EarlierTranscript
from portal.webinars.transcripts import selectors
from portal.webinars.transcripts.corrections import (
    CorrectionError,
    correct,
    corrected_version,
    differences,
    lines_with_digest,
    restore,
)
from portal.webinars.transcripts.editor_draft import ExpandedLine, InvalidTimestamp, TranscriptDraft, speakers_in
from portal.webinars.transcripts.find_replace import Replacement, find_changes, matches_across_lines
from portal.webinars.transcripts.paragraphs import Line
from portal.webinars.transcripts.parsing import CueLine, normalise_line
from portal.webinars.transcripts.storage import digest, stored_lines

# A form has at most 10,000 fields (settings) and 2.5 MB; ten hours of talk. What is longer is corrected as a file.
MOST_LINES, MOST_CHARACTERS = 8_000, 1_000_000
MOST_SHOWN = 200
EXPAND = "open-"  # the button that opens the paragraph of a line, with its number behind it


class TranscriptMixin(RecordingMixin, WagtailAdminTemplateMixin, TemplateView):
    """What the views of this module share: a transcript of the recording."""

    header_icon = "openquote"

    @cached_property
    def caption(self) -> Caption:
        return get_object_or_404(Caption, pk=self.kwargs["caption_pk"], recording=self.recording)

    def get_page_subtitle(self):
        return f"{self.recording}, {self.caption.get_language_display()}"

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": self.edit_url, "label": str(self.recording)},
            {"url": reverse("recording_captions", args=[self.recording.pk]), "label": _("Transcripts")},
            *self.further_crumbs(),
            {"url": "", "label": self.get_page_title(), "sublabel": self.caption.get_language_display()},
        ]

    def further_crumbs(self) -> list[dict]:
        return []

    def editor_url(self, caption: Caption) -> str:
        return reverse("correct_caption", args=[self.recording.pk, caption.pk])


class CorrectTranscriptView(TranscriptMixin):
    """Every line in a field beside its time."""

    template_name = "webinars/admin/correct.html"
    page_title = gettext_lazy("Correct a transcript")

    def get(self, request, *args, **kwargs):
        kept = corrected_version(self.caption)
        if kept is not None and kept != self.caption:
            return HttpResponseRedirect(self.editor_url(kept))
        base = stored_lines(self.caption)
        if len(base) > MOST_LINES or sum(len(line.text) for line in base) > MOST_CHARACTERS:
            messages.error(
                request,
                _("This transcript is too long for the editor. Correct it as a file, and bring that in as corrected."),
            )
            return HttpResponseRedirect(self.get_success_url())
        return self.editor(TranscriptDraft.of(base))

    def post(self, request, *args, **kwargs):
        base = lines_with_digest(self.caption, request.POST.get("seen", ""))
        if base is None:
            messages.error(request, _("This transcript is another one by now. Nothing was saved; here it is as it is."))
            return HttpResponseRedirect(self.editor_url(self.caption))
        draft = TranscriptDraft.read(base, request.POST)
        wanted = Replacement(
            find=normalise_line(request.POST.get("find", "")),
            instead=normalise_line(request.POST.get("instead", "")),
            whole_words="whole_words" in request.POST,
            same_case="same_case" in request.POST,
        )
        action = request.POST.get("do", "")
        if not draft.is_whole:
            messages.error(request, _("Not every line arrived. Nothing was saved; send it again."))
            return HttpResponseRedirect(self.editor_url(self.caption))
        if action == "save":
            return self.save(draft, wanted)
        if action == "replace":
            return self.replace(draft, wanted)
        if action == "undo":
            return self.undo(draft, wanted)
        if action.startswith(EXPAND):
            return self.open(draft, wanted, action.removeprefix(EXPAND))
        return self.editor(draft, wanted, looked=True)

    def save(self, draft: TranscriptDraft, wanted: Replacement):
        try:
            done = correct(self.caption, draft.base, draft.lines(self.recording.duration_s), self.request.user)
        except InvalidTimestamp as error:
            messages.error(self.request, _("Not saved yet. %(problem)s") % {"problem": error})
            return self.editor(draft, wanted, bad=error)
        except CorrectionError as error:
            messages.error(self.request, str(error))
            return self.editor(draft, wanted)
        if done.changed:
            data = {"language": done.caption.language, "lines": done.changed}
            log(instance=self.recording, action="webinars.captions_corrected", user=self.request.user, data=data)
            text = ngettext("%(count)s line corrected.", "%(count)s lines corrected.", done.changed)
            messages.success(self.request, text % {"count": done.changed}, buttons=self.buttons())
        elif not done.refused:
            messages.info(self.request, _("Nothing was changed, so nothing was saved."))
        for line in done.refused:
            messages.warning(
                self.request,
                _("At %(time)s somebody else changed the line meanwhile, and theirs stays. You wrote: %(text)s")
                % {"time": clock(line.start_ms / 1000), "text": line.text},
            )
        return HttpResponseRedirect(self.editor_url(done.caption))

    def buttons(self) -> list:
        return [messages.button(self.page_path, _("View live"), new_window=True)] if self.page_path else []

    def open(self, draft: TranscriptDraft, wanted: Replacement, row: str):
        """Give the lines of a paragraph fields for their times and for who speaks."""
        found = [rows for rows in self.rows_of_paragraphs(draft.base) if row == str(rows[0])]
        if not found:
            raise SuspiciousOperation("no paragraph begins at this line")
        n_fields = len(draft.base) + len(draft.names) + 3 * (len(draft.opened) + len(found[0])) + 10
        if n_fields > settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
            messages.warning(self.request, _("So many lines are open that the form is full. Save first."))
        else:
            draft.open(found[0])
        return self.editor(draft, wanted)

    def replace(self, draft: TranscriptDraft, wanted: Replacement):
        done = find_changes(draft.texts, wanted)
        for change in done:
            draft.texts[change.row] = change.after
        if done:
            times = sum(change.times for change in done)
            said = ngettext(
                "Replaced %(count)s time. Not saved yet.", "Replaced %(count)s times. Not saved yet.", times
            )
            messages.success(self.request, said % {"count": times})
        undo = [[change.row, change.before, change.after] for change in done]
        return self.editor(draft, wanted, undo=undo)

    def undo(self, draft: TranscriptDraft, wanted: Replacement):
        """Take the last replacement back, but for lines that were written over since."""
        for row, before, after in _read_undo(self.request.POST.get("undo", ""), len(draft.base)):
            if draft.texts[row] == after:
                draft.texts[row] = before
        messages.success(self.request, _("The last replacement was undone."))
        return self.editor(draft, wanted)

    def editor(self, draft: TranscriptDraft, wanted=None, looked=False, undo=(), bad: InvalidTimestamp | None = None):
        """The page of the editor; `looked` shows what a replacement would do, `bad` what is wrong with a time."""
        wanted, base = wanted or Replacement(""), draft.base
        context = {
            "recording": self.recording,
            "caption": self.caption,
            "seen": digest(base),
            "chapters": self.chapters(draft, bad),
            "speakers": [(number, name, draft.names[name]) for number, name in enumerate(speakers_in(base))],
            "names_changed": any(name != called for name, called in draft.names.items()),
            "known_speakers": self.known_speakers(draft),
            "open": EXPAND,
            "n_lines": len(base),
            "changed": draft.is_changed,
            "wanted": wanted,
            "looked": looked,
            "undo": json.dumps(undo, ensure_ascii=False) if undo else "",
            "earlier": self.caption.earlier.select_related("changed_by").defer("lines"),
        }
        if looked:
            found = find_changes(draft.texts, wanted)
            context |= {
                "times": sum(change.times for change in found),
                "found": [(change, clock(base[change.row].start_ms / 1000)) for change in found[:MOST_SHOWN]],
                "n_more": max(0, len(found) - MOST_SHOWN),
                "divided": [
                    (row, clock(base[row].start_ms / 1000))
                    for row in matches_across_lines(draft.texts, wanted)[:MOST_SHOWN]
                ],
            }
        return self.render_to_response(self.get_context_data(**context))

    def known_speakers(self, draft: TranscriptDraft) -> list[str]:
        """The names that are offered: the speakers of the recording first, then those of the transcript."""
        talks = self.recording.speakers.select_related("speaker")
        return list(dict.fromkeys([*(talk.speaker.name for talk in talks), *draft.names, *draft.names.values()]))

    def text(self, base: list[CueLine]) -> list[tuple]:
        """The lines under their chapters, in the paragraphs in which visitors read what is there now.

        Each part with its paragraphs, each of those with the numbers of its lines.
        """
        lines = [Line(line.start_ms / 1000, line.end_ms / 1000, line.text, line.speaker) for line in base]
        number = {id(line): row for row, line in enumerate(lines)}
        chapters = selectors.chapter_titles(selectors.chapters_of(self.recording), self.caption.language)
        return [
            (part, [(one, [number[id(line)] for line in one.cues]) for one in part.paragraphs])
            for part in selectors.in_parts(lines, chapters)
        ]

    def rows_of_paragraphs(self, base: list[CueLine]) -> list[list[int]]:
        return [rows for _part, paragraphs in self.text(base) for _paragraph, rows in paragraphs]

    def chapters(self, draft: TranscriptDraft, bad: InvalidTimestamp | None) -> list[dict]:
        return [
            {
                "title": part.title,
                "paragraphs": [
                    {
                        "speaker": paragraph.speaker,
                        "watch": self.watch_url(int(paragraph.start_s)),
                        "time": clock(paragraph.start_s),
                        "first": rows[0],
                        "open": rows[0] in draft.opened,
                        "rows": [self.row(draft, row, bad) for row in rows],
                    }
                    for paragraph, rows in paragraphs
                ],
            }
            for part, paragraphs in self.text(draft.base)
        ]

    @staticmethod
    def row(draft: TranscriptDraft, number: int, bad: InvalidTimestamp | None) -> dict:
        line, text = draft.base[number], draft.texts[number]
        opened: ExpandedLine | None = draft.opened.get(number)
        return {
            "n": number,
            "time": clock(line.start_ms / 1000),
            "text": text,
            "height": min(12, 1 + max(len(text), len(line.text)) // 60 + text.count("\n")),
            "new": text != line.text or (opened is not None and opened != ExpandedLine.of(line)),
            "opened": opened,
            "bad": {"field": bad.field[0], "sentence": str(bad)} if bad and bad.field[1:] == str(number) else None,
        }

    @cached_property
    def page_path(self) -> str:
        return (self.recording.path_in(settings.LANGUAGE_CODE) or "") if self.recording.live else ""

    def watch_url(self, second: int) -> str:
        """Where a visitor hears this second; empty while the recording is not public."""
        return f"{self.page_path}?t={second}#t-{second}" if self.page_path else ""


def _read_undo(content: str, n_lines: int) -> list[tuple[int, str, str]]:
    """What the form remembers of the last replacement, as (line, before, after). Raises SuspiciousOperation."""
    try:
        rows = [(int(row), str(before), str(after)) for row, before, after in json.loads(content or "[]")]
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise SuspiciousOperation("the last replacement cannot be read") from error
    if any(not 0 <= row < n_lines for row, _before, _after in rows):
        raise SuspiciousOperation("the last replacement is of another transcript")
    return rows


class RestoreTranscriptView(TranscriptMixin):
    """What an earlier version of a transcript says otherwise, and a button that puts it back."""

    template_name = "webinars/admin/put_back.html"
    page_title = gettext_lazy("Earlier version")

    @cached_property
    def earlier(self) -> EarlierTranscript:
        return get_object_or_404(EarlierTranscript, pk=self.kwargs["earlier_pk"], caption=self.caption)

    def further_crumbs(self):
        return [{"url": self.editor_url(self.caption), "label": _("Correct a transcript")}]

    def get_context_data(self, **kwargs):
        found = differences(stored_lines(self.caption), [CueLine(*row) for row in self.earlier.lines])
        rows = [(exact_clock((now or then).start_ms), (now, then)) for now, then in found]
        return super().get_context_data(
            recording=self.recording,
            caption=self.caption,
            earlier=self.earlier,
            n_different=len(rows),
            rows=rows[:MOST_SHOWN],
            n_more=max(0, len(rows) - MOST_SHOWN),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        restore(self.earlier, request.user)
        log(
            instance=self.recording,
            action="webinars.captions_put_back",
            user=request.user,
            data={"language": self.caption.language},
        )
        messages.success(
            request, _("The earlier version is back. The one of before is kept among the earlier versions.")
        )
        return HttpResponseRedirect(self.editor_url(self.caption))
