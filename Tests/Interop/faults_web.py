"""Faults that can be planted in pages, mails, Atom, JSON Feed and Statuspage JSON."""

from __future__ import annotations

from faults_calendar import Fault, swap

PAGE = [
    Fault("utf8", "an octet of Latin-1", lambda data: data.replace("é".encode(), b"\xe9", 1)),
    Fault("template", "braces left", swap("Objet", "{{title}}")),
    Fault("parse", "an element that is not closed", swap("</h1>", "</h1></div>")),
    Fault("parse", "no doctype", swap("<!DOCTYPE html>", "")),
    Fault("lang", "another language", swap("lang='fr'", "lang='en'")),
    Fault("title", "no title", swap("<title>Avis</title>", "")),
    Fault("charset", "no charset", swap("<meta charset='utf-8'>", "")),
    Fault("landmark", "no main", swap("<main>", "<div>")),
    Fault("zoom", "no zooming", swap("width=device-width", "width=device-width, maximum-scale=1")),
    Fault("heading", "h3 after h1", swap("<h2 id='d'>Détails</h2>", "<h3 id='d'>Détails</h3>")),
    Fault("heading", "two h1", swap("<h2 id='d'>Détails</h2>", "<h1 id='d'>Détails</h1>")),
    Fault("heading", "an empty heading", swap("Détails", "")),
    Fault("name", "a link without text", swap(">Portail</a>", "></a>")),
    Fault("name", "a link named here", swap(">Portail</a>", ">ici</a>")),
    Fault("label", "a field without a label", swap("<label for='q'>Chercher</label>", "")),
    Fault("alt", "a picture without words", swap(" alt='Plan'", "")),
    Fault("alt", "a drawing without words", swap("</main>", "<svg></svg></main>")),
    Fault("table", "a table without headings", swap("<th scope='row'>Objet</th>", "<td>Objet</td>")),
    Fault("table", "a heading without scope", swap(" scope='row'", "")),
    Fault("active", "a script", swap("</main>", "<script>x()</script></main>")),
    Fault("active", "a handler", swap("<p>", "<p onclick='x()'>")),
    Fault(
        "active", "a javascript address", swap("href='https://portal.example/maintenance'", "href=' JavaScript:x()'")
    ),
    Fault("active", "a refresh", swap("<title>", "<meta http-equiv='refresh' content='1'><title>")),
    Fault("remote", "a picture from elsewhere", swap("src='a.png'", "src='//evil.example/a.png'")),
    Fault("id", "an id twice", swap("id='d'", "id='q'")),
    Fault("id", "a label for nothing", swap("for='q'", "for='r'")),
    Fault("id", "an anchor to nothing", swap("href='https://portal.example/maintenance'", "href='#nowhere'")),
    Fault("time", "a time without an offset", swap("2026-10-25T02:15+02:00'", "2026-10-25T02:15'")),
    Fault("css", "a broken sheet", swap("a { color: #8cc2ff; } }", "a { color: #8cc2ff; } } bad")),
    Fault("contrast", "pale links", swap("a { color: #0b57a4; }", "a { color: #9ab; }")),
    Fault("contrast", "dark links in the dark", swap("a { color: #8cc2ff; }", "a { color: #0b57a4; }")),
    Fault("contrast", "pale text", swap("color: #222", "color: #aaa")),
    Fault("contrast", "pale inline", swap("<p>", "<p style='color:#777;background:#555'>")),
    Fault("focus", "no outline", swap("a { color: #0b57a4; }", "a { color: #0b57a4; } a:focus { outline: none; }")),
]

SAYS = [
    Fault("says", "another identifier", swap("CHG-2026-0001", "CHG-2026-0009")),
    Fault("says", "another revision", swap("2, sur cette intervention", "3, sur cette intervention")),
    Fault("says", "no zone", swap("heure de Paris", "")),
    Fault("says", "the title only as an attribute", swap("Migration, étape 1", "<b title='Migration, étape 1'></b>")),
]

MAIL = [
    Fault("crlf", "LF alone", lambda data: data.replace(b"\r\n", b"\n", 1)),
    Fault("length", "a line of 1,000 octets", swap("MIME-Version", "X-Long: " + "a" * 992 + "\r\nMIME-Version")),
    Fault("header", "letters above 127 in the header", swap("To: a@", "To: é@")),
    Fault("header", "two subjects", swap("MIME-Version", "Subject: CHG-2026-0001\r\nMIME-Version")),
    Fault("header", "a blind copy", swap("MIME-Version", "Bcc: x@example.org\r\nMIME-Version")),
    Fault("header", "no Message-ID", swap("Message-ID", "X-Message-ID")),
    Fault("header", "no Auto-Submitted", swap("Auto-Submitted", "X-Auto-Submitted")),
    Fault("defect", "no closing boundary", lambda data: data[: data.rindex(b"--==")]),
    Fault("part", "no plain text", swap("text/plain", "text/x-other")),
    Fault("part", "no calendar", swap("text/calendar", "text/x-other")),
    Fault("subject", "no reference in the subject", swap("(CHG-2026-0001)", "(CHG)")),
    Fault("charset", "another charset", swap('text/html; charset="utf-8"', 'text/html; charset="iso-8859-1"')),
    Fault("method", "REQUEST in the type only", swap('method="PUBLISH"', 'method="REQUEST"')),
    Fault("says", "another revision in the HTML", swap("2, sur cette intervention", "3, sur cette intervention")),
    Fault("active", "a script in the HTML", swap("<h1>", "<script>x()</script><h1>")),
]

ATOM = [
    Fault("xml", "an element that is not closed", swap("</feed>", "")),
    Fault("xml", "a document type", swap("<feed", "<!DOCTYPE feed><feed")),
    Fault("root", "another root", swap("http://www.w3.org/2005/Atom", "http://www.w3.org/2005/Atoms")),
    Fault("lang", "another language", swap("xml:lang='fr'", "xml:lang='en'")),
    Fault("cardinality", "two titles", swap("<title>Flux</title>", "<title>Flux</title><title>Flux</title>")),
    Fault("id", "an id that is no IRI", swap("urn:preavis:CHG-2026-0001", "no address CHG-2026-0001")),
    Fault("id", "an id twice", swap("CHG-2026-0002:2", "CHG-2026-0001:1")),
    Fault("link", "no link to itself", swap("rel='self'", "rel='alternate'")),
    Fault("title", "no title", swap("Flux</title>", "</title>")),
    Fault("author", "no author", swap("<author><name>Support</name></author>", "")),
    Fault(
        "content",
        "nothing to read",
        lambda data: data.replace(b"content", b"other").replace(b"'alternate'", b"'related'"),
    ),
    Fault("content", "a type that is none", swap("type='html'", "type='markdown'")),
    Fault("active", "a script", swap("&lt;p&gt;", "&lt;script&gt;x()&lt;/script&gt;&lt;p&gt;")),
    Fault("date", "a date without an offset", swap("+00:00</updated>", "</updated>")),
    Fault("future", "an entry of tomorrow", swap("2026-10-12T07:15", "2026-10-13T07:15")),
    Fault("updated", "a feed older than its entry", swap("<updated>2026-10-12T07:30", "<updated>2026-10-12T06:30")),
    Fault("revision", "a revision without an entry", swap("CHG-2026-0001:1", "CHG-2026-0001:0")),
    Fault("revision", "dated by its start", swap("<updated>2026-10-12T07:15", "<updated>2026-10-12T07:14")),
    Fault("revision", "another title", swap("Migration", "Autre")),
]

JSON_FEED = [
    Fault("json", "a file cut short", lambda data: data[:-3]),
    Fault("version", "another version", swap("version/1.1", "version/2")),
    Fault("title", "no title", swap('"title": "Flux"', '"title": ""')),
    Fault("id", "an id twice", swap("CHG-2026-0002:2", "CHG-2026-0001:1")),
    Fault("content", "no content", swap("<p>Texte</p>", "")),
    Fault("active", "a handler", swap("<p>", "<p onclick=x()>")),
    Fault("date", "a date without an offset", swap('+00:00"', '"')),
    Fault("future", "an item of tomorrow", swap("2026-10-12T07:15", "2026-10-13T07:15")),
    Fault("revision", "a revision without an item", swap("CHG-2026-0001:1", "CHG-2026-0001:0")),
]

STATUSPAGE = [
    Fault("json", "a key twice", swap('"page": {', '"page": {}, "page": {')),
    Fault("schema", "no page", swap('"page": {', '"pages": {')),
    Fault("schema", "a status of ours", swap('"status": "scheduled"', '"status": "planned"')),
    Fault("schema", "a time without an offset", swap("07:30:00.000Z", "07:30:00")),
    Fault(
        "reference", "another page", swap('"page_id": "p", "incident_updates"', '"page_id": "q", "incident_updates"')
    ),
    Fault("reference", "an update of another incident", swap('"incident_id": "m1"', '"incident_id": "m2"')),
    Fault("reference", "an unknown component", swap('"components": [{"id": "c1"', '"components": [{"id": "c2"')),
    Fault("order", "the end before the start", swap("2026-10-25T00:45", "2026-10-25T00:14")),
    Fault(
        "order",
        "updated tomorrow",
        swap(
            '"updated_at": "2026-10-12T07:30:00.000Z", "monitoring',
            '"updated_at": "2026-10-13T07:30:00.000Z", "monitoring',
        ),
    ),
    Fault("status", "ended work", swap('"resolved_at": null', '"resolved_at": "2026-10-12T07:30:00.000Z"')),
    Fault(
        "status",
        "an update that says otherwise",
        swap('"id": "u1", "status": "scheduled"', '"id": "u1", "status": "verifying"'),
    ),
    Fault("indicator", "work in progress and all is well", swap('"status": "scheduled"', '"status": "in_progress"', 2)),
    Fault("agree", "another start", swap("2026-10-25T00:15", "2026-10-25T00:10")),
    Fault("agree", "another title", swap("Migration", "Autre")),
    Fault("agree", "a change left out", swap("CHG-2026-0001", "CHG-2026-0009", 2)),
    Fault("agree", "a cancelled change", swap("CHG-2026-0001", "CHG-2026-0002", 1)),
]
