"""Feeds of the shape that YouTube gives, made by hand."""

from xml.sax.saxutils import escape

CHANNEL = "UCproefkanaal0000000000A"
OTHER_CHANNEL = "UCanderkanaal0000000000B"


def entry(
    video="aaaaaaaaaaa",
    title="Webinar: buurtwerk",
    text="Over buurtwerk.",
    published="2026-03-01T09:00:00+00:00",
    updated="2026-03-01T10:00:00+00:00",
    views="12",
    short=False,
    channel=CHANNEL,
    thumbnail=None,
):
    link = f"https://www.youtube.com/{'shorts/' if short else 'watch?v='}{video}"
    picture = thumbnail or f"https://i3.ytimg.com/vi/{video}/hqdefault.jpg"
    return f"""
 <entry>
  <id>yt:video:{video}</id>
  <yt:videoId>{video}</yt:videoId>
  <yt:channelId>{channel}</yt:channelId>
  <title>{escape(title)}</title>
  <link rel="alternate" href="{link}"/>
  <author><name>Proefkanaal</name><uri>https://www.youtube.com/channel/{channel}</uri></author>
  <published>{published}</published>
  <updated>{updated}</updated>
  <media:group>
   <media:title>{escape(title)}</media:title>
   <media:content url="https://www.youtube.com/v/{video}?version=3" type="application/x-shockwave-flash"/>
   <media:thumbnail url="{picture}" width="480" height="360"/>
   <media:description>{escape(text)}</media:description>
   <media:community>
    <media:starRating count="3" average="5.00" min="1" max="5"/>
    <media:statistics views="{views}"/>
   </media:community>
  </media:group>
 </entry>"""


def feed(*entries, channel=CHANNEL):
    """A whole document, as bytes."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" \
xmlns="http://www.w3.org/2005/Atom">
 <link rel="self" href="http://www.youtube.com/feeds/videos.xml?channel_id={channel}"/>
 <id>yt:channel:{channel[2:]}</id>
 <yt:channelId>{channel[2:]}</yt:channelId>
 <title>Proefkanaal</title>
 <published>2019-05-01T08:00:00+00:00</published>{"".join(entries)}
</feed>
""".encode()
