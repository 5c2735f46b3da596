"""Every component of the interface, as template tags: ``{% load schakel %}``.

Data are plain dictionaries or objects with these names; what is missing is left out, nothing is shown for an empty
value. `language` of an item is the language of its text: where it differs from the page's, the text is marked `lang`
and says so. Text is escaped; only names that end in `html` and the content of block tags are markup.

Frame
    {% enhance "player" %}           attribute: static/ui/js/player.js improves this element
    {% icon "search" %}              inline SVG; the names are those in templates/ui/icons
    {% brand_mark %}                 the two rings
Addresses, times, languages
    {% first_text a b c as name %}   the first that says something
    {% query_with page=2 tier=None %}  "?…" with parameters changed, the others kept; any change but of page drops page
    {{ 754|clock }} 12:34            {{ 2880|duration }} 48 min          {{ 2880|iso_duration }} PT2880S
    {{ url|moment:754 }}             url?t=754#t-754
    {{ url|in_transcript:"fr" }}     url?transcript=fr, where the words of a moment are in that language
    {{ "fr"|language_name }}         Français
    {{ "fr"|own_name }}              the same, marked as French where the page is not
    {{ title|marked:language }}      a text, marked with its language where that is not the page's
    {{ label|link_to:url }}          a link in the middle of a translated sentence; the text alone without an address
    {{ languages|not_all }}          the languages, when they are not all those of the site
    {{ thing.language|differs:language }}  the code when it is another language than the page's, else nothing
Labels
    {% tier "proactive" %}           colour, icon and word
    {% tiers page.tiers %}           several: codes, or objects with `.tier`
    {% evidence 1 %}                 dots and word, 0 to 4
    {% language_mark "nl" %}         small mark "Nederlands" when that is not the page's language
    {% kind "method" %}              the word for a kind
    {% chips items %}                items: title, url, count, lang
Lists of things
    {% cards items layout="grid" level=3 %}  layout: grid (tiles) or rows (index pages). Items are
                                     portal.core.cards.Card or dictionaries: title, url, lead, language, over,
                                     tiers (codes), note, lines (label, text, language, evidence: the four lines by
                                     which a kind is compared, “Not yet known” without a text), says_what_failed,
                                     languages (codes, shown when not all), foot (strings, for a kind without lines),
                                     image (url, width, height; sources: type, srcset)
    {% card_table items caption %}   the same things as a table: a column for each line
    {% card item level=3 %}          one of them as <article>
    {% linked items %}               the ring and line. Items: title, url, note (or over), text, language
    {% search_hit row %}             search.results.hit_details: a hit of portal.core.searchable with its moments,
                                     years, speakers and why it was found; put them in <div class="hits">
    {% pagination page_obj %}        or {% pagination number pages %}
    {% breadcrumb items %}           items: title, url, lang; the last, without url, is this page
Facts
    {% facts title=_("At a glance") %}   block; style="plain" has no box
        {% fact _("City") city.name url=city.url note="…" lang="" %}   a list as value gives a line for each
        {% factblock _("Evidence") %}{% evidence 1 %}{% endfactblock %}
    {% endfacts %}
    {% fact_table lines title=_("At a glance") %}   lines are portal.ui.facts.Fact; a page that builds them in Python
Reading
    {% note title=_("What did not work") tier="" plain=False level=2 %}…{% endnote %}
    {% steps items level=3 tier="" %}    items: title, text (or one of them)
    {% contents sections %}          sections: id, title, lang; empty ones (None) are left out
    {% translation_notice origin outdated=False original_url="" original_language="nl" reviewed_on=None %}
                                     origin: written, machine, reviewed; base.html shows that of `translation`
    {% funding acknowledgement %}    union, fund, sentence, disclaimer, emblem (default True), lang;
                                     logo=(url, width, height, alt)
    {% blank_slate title=_("Nothing found") level=2 %}…{% endblank_slate %}
    {% downloads items %}            items: title, url, kind ("PDF"), size (bytes), language, note
    {% sources items %}              items: id, title, url, as_of, read_on, link_note, language
    {% cite text url licence="" licence_url="" %}
Asking
    {% search_box %}                 in the header
    {% search_box large=True value=q placeholder=_("…") action=url id="search" %}   the question box
    {% filters groups total %}       a column on a desk, a sheet on a phone; ui/js/filters.js applies a choice at once.
                                     total: how many things the list has now. groups: name, label, type (checkbox,
                                     radio, select), shown (how many before "more", 7), options (value, label, count,
                                     selected, tier, lang). The other parameters of the address are kept.
                                     Layout: <div class="sift">, filters first, then one element with the list, whose
                                     .tally begins with <p> and the number.
                                     What else changes with the list has the attribute data-with-filters
    {% active_filters groups %}      chips that each take one choice away
Recordings
    {% player recording %}           medium ("audio" is small), platform (file, or the code of a
                                     platform), platform_label, title, url (the page there),
                                     embed_url (its player, if it may play here),
                                     file_url, file_type, poster (url, width, height), at_s (of a file),
                                     captions (language, label, url, default)
    {% chapters chapters duration_s url %}   the strip under the player: start_s, title, language
    {% moments_strip moments duration_s chapters=chapters url=url linked=True %}
                                     moments: start_s, label; chapters: start_s, title
    {% transcript chapters url lang="" cite="" mentions=mentions %}   chapters: title, start_s,
                                     paragraphs (start_s, speaker, cues (start_s, text or html,
                                     seconds: further seconds with an anchor));
                                     mentions: start_s, word, title, url, language, note
Figures (portal/ui/figures); rungs, links and levels have title, text, tier, confirmed, url, items (title, url)
    {% ladder rungs title="" direction="up" %}   up: steps that become stricter; down: broad to narrow
    {% chain links title="" %}       a chain that becomes a network
    {% levels levels title="" %}     broadest first
    {% timeline events title="" %}   events: date ("2021", "2021-02", "2021-02-15"), when (words), text, unconfirmed
    {% partner_map cities lines home="mechelen" labels=True listing="closed" title="" %}
                                     cities: key, name, country, lat, lon, url; lines: city (its key), title, url;
                                     listing: closed, open or ""

Layout classes: wrap (page width), band and band--sunk (horizontal parts), grid, rows, split and side (text with a side
column), sheaf with sheaf__head, sheaf__side, sheaf__body (an article with facts beside it), sift (filters beside a
list), spine (sections on the ring-and-line), flow and prose (running text), head, lead, over, tally, actions, doors,
ruled, strip-ends, table in a <div class="scroll" tabindex="0" role="region" aria-label="…">, table--stack (with
data-label on every td) and table--compare.
Variables that base.html reads: page_title, page_description, page_image (url, width, height, alt), translation,
hide_header_search, and the frame of portal.core.context_processors.
"""

from django import template

from portal.ui.components import content, figures, frame, lists, recordings, search

register = template.Library()
for group in (frame, lists, content, search, recordings, figures):
    register.tags.update(group.register.tags)
    register.filters.update(group.register.filters)
