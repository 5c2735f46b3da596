"""A server that answers like LinkedIn: its permission page, tokens, and both of its APIs for the posts of a page."""

import re
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

from tests.feeds.api_server import ApiServer, JsonHandler

ORGANIZATION = "urn:li:organization:1000001"
DAY_S = 24 * 3600


def number_of(milliseconds, rest=0):
    """The number of a post that was made at that moment."""
    return (milliseconds << 22) + rest


def post(number, commentary="Webinar over buurtwerk", sort="share", **more):
    """A post of the Posts API as LinkedIn documents it; `more` are further fields."""
    milliseconds = number >> 22
    return {
        "id": f"urn:li:{sort}:{number}",
        "author": ORGANIZATION,
        "commentary": commentary,
        "createdAt": milliseconds,
        "publishedAt": milliseconds + 400,
        "lastModifiedAt": milliseconds + 20_000,
        "visibility": "PUBLIC",
        "lifecycleState": "PUBLISHED",
        "distribution": {"feedDistribution": "MAIN_FEED", "thirdPartyDistributionChannels": []},
        "isReshareDisabledByAuthor": False,
        "lifecycleStateInfo": {"isEditedByAuthor": False},
        **more,
    }


def error(status, code="", service=0):
    """An error of the API; its message repeats what was sent, as such messages can."""
    return status, {"status": status, "serviceErrorCode": service, "code": code, "message": "Bearer token-1 is bad"}


class FakeLinkedin(ApiServer):
    """`posts` are those of the page, newest first.

    `fail` is called with the resource and its number of calls so far; what it returns, (status, document) or (status,
    document, headers), is answered instead. `grant` is what the next exchange of a code or refresh token answers.
    """

    def __init__(self):
        self.posts, self.fail, self.page = [], lambda resource, call: None, 100
        self.calls, self.queries, self.headers, self.forms = [], [], [], []
        self.grant = 200, {"access_token": "token-1", "expires_in": 60 * DAY_S, "scope": "r_dma_admin_pages_content"}
        super().__init__()

    def answer(self, resource, query):
        failure = self.fail(resource, self.calls.count(resource))
        if failure is not None:
            return failure
        fields = parse_qs(query)
        if resource == "posts":
            start, count = int(fields["start"][0]), min(int(fields["count"][0]), self.page)
            more = start + count < len(self.posts)
            links = [{"type": "application/json", "rel": "next", "href": "/rest/posts?…"}] if more else []
            # LinkedIn counts on by what was asked for, also when a page holds fewer posts.
            paging = {"start": start, "count": count, "links": links}
            return 200, {"paging": paging, "elements": self.posts[start : start + count]}
        if resource == "dmaFeedContentsExternal":
            return 200, {"elements": [{"id": one["id"]} for one in self.posts], "metadata": {}}
        urns = [unquote(urn) for urn in re.search(r"ids=List\(([^)]*)\)", query)[1].split(",")]
        assert len(urns) <= 50
        here = {one["id"]: one for one in self.posts if one["id"] in urns}
        return 200, {"results": here, "statuses": dict.fromkeys(here, 200), "errors": {}}

    def _handler(self):
        fake = self

        class Handler(JsonHandler):
            def do_GET(self):
                parts = urlsplit(self.path)
                if parts.path == "/oauth/v2/authorization":
                    asked = dict(parse_qsl(parts.query))
                    answer = urlencode({"code": "code-1", "state": asked["state"]})
                    self.send_response(302)
                    self.send_header("Location", f"{asked['redirect_uri']}?{answer}")
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                resource = parts.path.removeprefix("/rest/")
                fake.calls.append(resource)
                fake.queries.append(parts.query)
                fake.headers.append(dict(self.headers))
                self.give(*fake.answer(resource, parts.query))

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                fake.forms.append(dict(parse_qsl(body)))
                self.give(*fake.grant)

        return Handler
