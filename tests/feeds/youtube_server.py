"""A server that answers like YouTube's Data API: the documented shapes, pages and errors."""

from urllib.parse import parse_qs, urlsplit

from tests.feeds.api_server import ApiServer, JsonHandler

KEY = "AIzaGeheim0000000000000000000000000000"
UPLOADS = "UUproefkanaal0000000000A"


def video(number, **more):
    """A resource of `videos.list`; `more` goes into its parts: `snippet__title="…"`."""
    resource = {
        "kind": "youtube#video",
        "id": f"{number:011}" if isinstance(number, int) else number,
        "snippet": {
            "publishedAt": "2021-09-01T10:00:00Z",
            "title": f"Webinar {number}",
            "description": "Over buurtwerk.",
            "liveBroadcastContent": "none",
        },
        "contentDetails": {"duration": "PT1H2M3S", "caption": "true"},
        "status": {"privacyStatus": "public", "embeddable": True, "uploadStatus": "processed"},
    }
    for name, value in more.items():
        part, _, field = name.partition("__")
        resource.setdefault(part, {})[field] = value
    return resource


def error(status, reason, message="denied"):
    body = {"code": status, "message": message, "errors": [{"domain": "youtube", "reason": reason, "message": message}]}
    return status, {"error": body}


class FakeYoutube(ApiServer):
    """`listed` are the ids in the uploads (any order, holes too), `videos` what may be seen.

    `fail` is called with the resource and its number of calls so far; what it returns, (status, document), is answered
    instead.
    """

    def __init__(self):
        self.listed, self.videos, self.fail = [], {}, lambda resource, call: None
        self.calls, self.headers, self.page = [], [], 50
        super().__init__()

    def hold(self, *videos):
        """The channel has exactly these videos."""
        self.videos = {one["id"]: one for one in videos}
        self.listed = list(self.videos)

    def answer(self, resource, query):
        number = sum(call == resource for call in self.calls)
        if (failure := self.fail(resource, number)) is not None:
            return failure
        if resource == "channels":
            return 200, {"items": [{"contentDetails": {"relatedPlaylists": {"uploads": UPLOADS}}}]}
        if resource == "playlistItems":
            start = int(query.get("pageToken", ["0"])[0])
            rows = [None if one is None else {"contentDetails": {"videoId": one}} for one in self.listed]
            more = {"nextPageToken": str(start + self.page)} if start + self.page < len(rows) else {}
            return 200, {"items": rows[start : start + self.page], **more}
        ids = query["id"][0].split(",")
        assert len(ids) <= 50
        return 200, {"items": [self.videos[one] for one in ids if one in self.videos]}

    def _handler(self):
        fake = self

        class Handler(JsonHandler):
            def do_GET(self):
                parts = urlsplit(self.path)
                resource = parts.path.removeprefix("/youtube/v3/")
                fake.calls.append(resource)
                fake.headers.append((self.path, dict(self.headers)))
                self.give(*fake.answer(resource, parse_qs(parts.query)))

        return Handler
