"""The transcript editor in the admin: each text beside its time, search and replace, earlier versions.

The whole transcript is one form. Every button sends what was typed so far, and nothing is saved before *Save*, so a
replacement can be reviewed and undone first. It works without JavaScript.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse, HttpResponseRedirect
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
from portal.webinars.admin.mixins import RecordingMixin
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
from portal.webinars.transcripts.paragraphs import Line, Paragraph, Part
from portal.webinars.transcripts.parsing import CueLine, normalise_line
from portal.webinars.transcripts.storage import digest, stored_lines

# About ten hours of talk; a form has at most 10,000 fields and 2.5 MB (settings). Longer ones are corrected as a file.
MAX_LINES, MAX_CHARACTERS = 8_000, 1_000_000
MAX_SHOWN = 200
EXPAND = "open-"  # and the number of a line: the button that expands the paragraph of that line


class TranscriptMixin(RecordingMixin, WagtailAdminTemplateMixin, TemplateView):
    """For a view about one transcript of the recording."""

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
            *self.extra_breadcrumbs(),
            {"url": "", "label": self.get_page_title(), "sublabel": self.caption.get_language_display()},
        ]

    def extra_breadcrumbs(self) -> list[dict]:
        return []

    def editor_url(self, caption: Caption) -> str:
        return reverse("correct_caption", args=[self.recording.pk, caption.pk])


class CorrectTranscriptView(TranscriptMixin):
    """The editor: every line in a field beside its time."""

    template_name = "webinars/admin/correct.html"
    page_title = gettext_lazy("Correct a transcript")

    def get(self, request, *args, **kwargs):
        corrected = corrected_version(self.caption)
        if corrected is not None and corrected != self.caption:
            return HttpResponseRedirect(self.editor_url(corrected))
        base = stored_lines(self.caption)
        if len(base) > MAX_LINES or sum(len(line.text) for line in base) > MAX_CHARACTERS:
            messages.error(
                request,
                _("This transcript is too long for the editor. Correct it as a file, and bring that in as corrected."),
            )
            return HttpResponseRedirect(self.get_success_url())
        return self.editor(TranscriptDraft.of(base))

    def post(self, request, *args, **kwargs):
        base = lines_with_digest(self.caption, request.POST.get("seen", ""))
        if base is None:
            messages.error(
                request,
                _(
                    "Somebody else changed this transcript while you were editing. Your "
                    "changes were not saved. This is the current version."
                ),
            )
            return HttpResponseRedirect(self.editor_url(self.caption))
        draft = TranscriptDraft.read(base, request.POST)
        wanted = Replacement(
            find=normalise_line(request.POST.get("find", "")),
            instead=normalise_line(request.POST.get("instead", "")),
            whole_words="whole_words" in request.POST,
            same_case="same_case" in request.POST,
        )
        action = request.POST.get("do", "")
        if not draft.is_complete:
            messages.error(request, _("Some lines did not reach the portal. Nothing was saved. Try again."))
            return HttpResponseRedirect(self.editor_url(self.caption))
        if action == "save":
            return self.save(draft, wanted)
        if action == "replace":
            return self.replace(draft, wanted)
        if action == "undo":
            return self.undo(draft, wanted)
        if action.startswith(EXPAND):
            return self.expand(draft, wanted, action.removeprefix(EXPAND))
        return self.editor(draft, wanted, looked=True)

    def save(self, draft: TranscriptDraft, wanted: Replacement) -> HttpResponse:
        try:
            result = correct(self.caption, draft.base, draft.lines(self.recording.duration_s), self.user)
        except InvalidTimestamp as error:
            messages.error(self.request, _("Not saved yet. %(problem)s") % {"problem": error})
            return self.editor(draft, wanted, bad=error)
        except CorrectionError as error:
            messages.error(self.request, str(error))
            return self.editor(draft, wanted)
        if result.changed:
            data = {"language": result.caption.language, "lines": result.changed}
            log(instance=self.recording, action="webinars.captions_corrected", user=self.user, data=data)
            text = ngettext("%(count)s line corrected.", "%(count)s lines corrected.", result.changed)
            messages.success(self.request, text % {"count": result.changed}, buttons=self.buttons())
        elif not result.refused:
            messages.info(self.request, _("Nothing was changed, so nothing was saved."))
        for line in result.refused:
            messages.warning(
                self.request,
                _(
                    "Somebody else changed the line at %(time)s while you were editing. "
                    "Their text was kept. You wrote: %(text)s"
                )
                % {"time": clock(line.start_ms / 1000), "text": line.text},
            )
        return HttpResponseRedirect(self.editor_url(result.caption))

    def buttons(self) -> list:
        return [messages.button(self.page_path, _("View live"), new_window=True)] if self.page_path else []

    def expand(self, draft: TranscriptDraft, wanted: Replacement, row: str) -> HttpResponse:
        """Give the lines of a paragraph fields for their times and speakers."""
        rows = next((rows for rows in self.rows_of_paragraphs(draft.base) if row == str(rows[0])), None)
        if rows is None:
            raise SuspiciousOperation("no paragraph begins at this line")
        n_fields = len(draft.base) + len(draft.names) + 3 * (len(draft.opened) + len(rows)) + 10
        if n_fields > settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
            messages.warning(self.request, _("Too many lines are open for one form. Save first."))
        else:
            draft.expand(rows)
        return self.editor(draft, wanted)

    def replace(self, draft: TranscriptDraft, wanted: Replacement) -> HttpResponse:
        changes = find_changes(draft.texts, wanted)
        for change in changes:
            draft.texts[change.row] = change.after
        if changes:
            times = sum(change.times for change in changes)
            message = ngettext(
                "Replaced %(count)s time. Not saved yet.", "Replaced %(count)s times. Not saved yet.", times
            )
            messages.success(self.request, message % {"count": times})
        undo = [[change.row, change.before, change.after] for change in changes]
        return self.editor(draft, wanted, undo=undo)

    def undo(self, draft: TranscriptDraft, wanted: Replacement) -> HttpResponse:
        """Undo the last replacement, except in lines that were changed since."""
        for row, before, after in _read_undo(self.request.POST.get("undo", ""), len(draft.base)):
            if draft.texts[row] == after:
                draft.texts[row] = before
        messages.success(self.request, _("The last replacement was undone."))
        return self.editor(draft, wanted)

    def editor(
        self,
        draft: TranscriptDraft,
        wanted: Replacement | None = None,
        looked: bool = False,
        undo: Sequence[list] = (),
        bad: InvalidTimestamp | None = None,
    ) -> HttpResponse:
        """The page of the editor; `looked` shows what a replacement would do, `bad` what is wrong with a time."""
        wanted, base = wanted or Replacement(""), draft.base
        context: dict[str, Any] = {
            "recording": self.recording,
            "caption": self.caption,
            "seen": digest(base),
            "chapters": self.chapters(draft, bad),
            "speakers": [(number, name, draft.names[name]) for number, name in enumerate(speakers_in(base))],
            "names_changed": any(name != new_name for name, new_name in draft.names.items()),
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
            changes = find_changes(draft.texts, wanted)
            context |= {
                "times": sum(change.times for change in changes),
                "found": [(change, clock(base[change.row].start_ms / 1000)) for change in changes[:MAX_SHOWN]],
                "n_more": max(0, len(changes) - MAX_SHOWN),
                "divided": [
                    (row, clock(base[row].start_ms / 1000))
                    for row in matches_across_lines(draft.texts, wanted)[:MAX_SHOWN]
                ],
            }
        return self.render_to_response(self.get_context_data(**context))

    def known_speakers(self, draft: TranscriptDraft) -> list[str]:
        """The names to choose from: the speakers of the recording first, then those of the transcript."""
        talks = self.recording.speakers.select_related("speaker")
        return list(dict.fromkeys([*(talk.speaker.name for talk in talks), *draft.names, *draft.names.values()]))

    def parts(self, base: list[CueLine]) -> list[tuple[Part, list[tuple[Paragraph, list[int]]]]]:
        """The lines under their chapters, in the paragraphs in which visitors read them now.

        Each part with its paragraphs, and each paragraph with the numbers of its lines.
        """
        lines = [Line(line.start_ms / 1000, line.end_ms / 1000, line.text, line.speaker) for line in base]
        row_of = {id(line): row for row, line in enumerate(lines)}
        chapters = selectors.chapter_titles(selectors.chapters_of(self.recording), self.caption.language)
        return [
            (part, [(paragraph, [row_of[id(line)] for line in paragraph.cues]) for paragraph in part.paragraphs])
            for part in selectors.in_parts(lines, chapters)
        ]

    def rows_of_paragraphs(self, base: list[CueLine]) -> list[list[int]]:
        return [rows for _part, paragraphs in self.parts(base) for _paragraph, rows in paragraphs]

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
            for part, paragraphs in self.parts(draft.base)
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
        """The public address of this second of the recording; empty while the recording is not public."""
        return f"{self.page_path}?t={second}#t-{second}" if self.page_path else ""


def _read_undo(content: str, n_lines: int) -> list[tuple[int, str, str]]:
    """The last replacement as the form sent it: (line, before, after). Raises SuspiciousOperation."""
    try:
        rows = [(int(row), str(before), str(after)) for row, before, after in json.loads(content or "[]")]
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise SuspiciousOperation("the last replacement cannot be read") from error
    if any(not 0 <= row < n_lines for row, _before, _after in rows):
        raise SuspiciousOperation("the last replacement is of another transcript")
    return rows


class RestoreTranscriptView(TranscriptMixin):
    """The differences of an earlier version of a transcript, and a button that restores it."""

    template_name = "webinars/admin/put_back.html"
    page_title = gettext_lazy("Earlier version")

    @cached_property
    def earlier(self) -> EarlierTranscript:
        return get_object_or_404(EarlierTranscript, pk=self.kwargs["earlier_pk"], caption=self.caption)

    def extra_breadcrumbs(self):
        return [{"url": self.editor_url(self.caption), "label": _("Correct a transcript")}]

    def get_context_data(self, **kwargs):
        pairs = differences(stored_lines(self.caption), [CueLine(*row) for row in self.earlier.lines])
        rows = [(exact_clock(line.start_ms), (now, then)) for now, then in pairs if (line := now or then)]
        return super().get_context_data(
            recording=self.recording,
            caption=self.caption,
            earlier=self.earlier,
            n_different=len(rows),
            rows=rows[:MAX_SHOWN],
            n_more=max(0, len(rows) - MAX_SHOWN),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        restore(self.earlier, self.user)
        log(
            instance=self.recording,
            action="webinars.captions_put_back",
            user=request.user,
            data={"language": self.caption.language},
        )
        messages.success(
            request, _("The earlier version was restored. The version it replaced is kept among the earlier versions.")
        )
        return HttpResponseRedirect(self.editor_url(self.caption))
