extension PortalSite {
  /// `style.css` of the whole site: light and dark, screen and paper, without anything from elsewhere.
  package static let stylesheet = Array(
    (Stylesheet.base + Stylesheet.frame + Stylesheet.changes + Stylesheet.tables + Stylesheet.calendar
      + Stylesheet.paper).utf8)
}

/// The parts of the stylesheet, in the order in which they are written.
enum Stylesheet {
  /// Colours stand here only. Each text colour keeps 4.5:1 on the grounds that it is used on (WCAG 2.2, 1.4.3).
  static let base = """
    :root {
      color-scheme: light dark;
      --ground: #ffffff; --raised: #f4f6f9; --line: #c9d1db; --edge: #6b7787;
      --ink: #1a2330; --soft: #4a5667; --link: #0b4f9c; --accent: #0b4f9c; --on-accent: #ffffff;
      --planned-ground: #e3eefb; --planned-ink: #0b3f7d;
      --running-ground: #fdf0c4; --running-ink: #5c4300;
      --done-ground: #e1f2e5; --done-ink: #17512a;
      --cancelled-ground: #e6e8eb; --cancelled-ink: #3c4552;
      --urgent-ground: #fde6e4; --urgent-ink: #8c1710;
      --window: #9cc3ea; --freeze: #7a3fa0; --change: #0b3f7d; --closed: #e9edf2;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ground: #12171e; --raised: #1c242e; --line: #38434f; --edge: #8b98a8;
        --ink: #e8edf3; --soft: #b3bfcc; --link: #8fc1ff; --accent: #8fc1ff; --on-accent: #0d1a2b;
        --planned-ground: #1b3556; --planned-ink: #cfe4ff;
        --running-ground: #4a3a08; --running-ink: #ffe9a8;
        --done-ground: #173d24; --done-ink: #c3eccf;
        --cancelled-ground: #343d48; --cancelled-ink: #d5dce4;
        --urgent-ground: #571d19; --urgent-ink: #ffd3cf;
        --window: #3d6c9e; --freeze: #c99be8; --change: #d6e9ff; --closed: #29333e;
      }
    }
    *, *::before, *::after { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-block: 1rem; }
    body {
      margin: 0; background: var(--ground); color: var(--ink);
      font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
      overflow-wrap: anywhere;
    }
    h1, h2, h3 { line-height: 1.25; margin: 0; text-wrap: balance; }
    h1 { font-size: 1.75rem; overflow-wrap: anywhere; }
    h2 { font-size: 1.25rem; margin-bottom: 0.75rem; }
    h3 { font-size: 1.05rem; overflow-wrap: anywhere; }
    p { margin: 0; }
    p + p { margin-top: 0.4rem; }
    p + h3 { margin-top: 1.25rem; }
    p + table { margin-top: 1rem; }
    ul[role="list"] { list-style: none; margin: 0; padding: 0; }
    a { color: var(--link); text-underline-offset: 0.15em; }
    a:hover { text-decoration-thickness: 0.15em; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
    main:focus { outline: none; }
    section { margin-top: 2rem; }
    code { font-family: ui-monospace, "SFMono-Regular", Consolas, "Liberation Mono", monospace; font-size: 0.9em; }
    .select-all { -webkit-user-select: all; user-select: all; overflow-wrap: anywhere; }
    .fine { color: var(--soft); font-size: 0.9rem; }
    .lead { font-size: 1.1rem; margin-top: 0.75rem; }
    .nothing { color: var(--soft); }
    .prose { white-space: pre-line; max-width: 46rem; overflow-wrap: anywhere; }
    .narrow-only { display: none; }

    """

  /// Header, menu, footer, and what stands out in a page.
  static let frame = """
    .skip { position: absolute; left: -100vw; top: 0; z-index: 1; padding: 0.75rem 1rem; background: var(--ground); }
    .skip:focus { left: 0; outline-offset: -3px; }
    .site-header { background: var(--raised); border-bottom: 1px solid var(--line); }
    .bar, main, .site-footer { max-width: 64rem; margin: 0 auto; padding: 0 1rem; }
    .bar { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 1.5rem; min-height: 3.5rem; }
    .brand { min-width: 0; padding: 0.5rem 0; font-weight: 700; color: var(--ink); text-decoration: none; }
    .bar nav { flex: 1 1 auto; }
    .bar ul { display: flex; flex-wrap: wrap; gap: 0 0.25rem; margin-left: -0.6rem; }
    .bar nav a, .language { display: block; padding: 0.5rem 0.6rem; text-decoration: none; }
    .bar nav a:hover, .language:hover { text-decoration: underline; }
    .bar nav a[aria-current] { font-weight: 700; color: var(--ink); box-shadow: inset 0 -3px var(--accent); }
    @media screen and (max-width: 40rem) {
      .bar { justify-content: space-between; padding-top: 0.4rem; gap: 0 1rem; }
      .language { order: 1; padding-right: 0; }
      .bar nav { order: 2; flex-basis: 100%; }
      .bar ul { gap: 0; margin-left: -0.4rem; }
      .bar nav a { padding: 0.5rem 0.4rem; font-size: 0.95rem; }
    }
    .contact { max-width: 64rem; margin: 0 auto; padding: 0 1rem 0.5rem; color: var(--soft); font-size: 0.9rem; }
    .contact a { display: inline-block; padding: 0.15rem 0; }
    .simulation {
      background: var(--urgent-ground); color: var(--urgent-ink); padding: 0.6rem 1rem; text-align: center;
      border-top: 1px solid var(--line);
    }
    main { padding-top: 2rem; padding-bottom: 3rem; }
    .site-footer { padding-bottom: 2rem; color: var(--soft); font-size: 0.9rem; }
    .site-footer::before { content: ""; display: block; border-top: 1px solid var(--line); padding-top: 1.25rem; }
    .offer { background: var(--raised); border: 1px solid var(--line); border-radius: 8px; padding: 1.25rem; }
    .actions { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1.25rem; margin-top: 0.9rem; }
    .actions a { padding: 0.35rem 0; }
    .actions .button {
      background: var(--accent); color: var(--on-accent); padding: 0.6rem 1.1rem; border-radius: 6px; font-weight: 600;
      text-decoration: none; border: 1px solid var(--accent); font-family: inherit; font-size: inherit; cursor: pointer;
    }
    .actions .button:hover { text-decoration: underline; }
    .addresses { margin: 1rem 0 0; }
    .addresses div { margin-top: 0.6rem; }
    .addresses dt { font-size: 0.9rem; color: var(--soft); }
    .addresses dd {
      margin: 0.2rem 0 0; padding: 0.6rem 0.8rem; background: var(--ground); border: 1px solid var(--edge);
      border-radius: 6px;
    }
    .field { margin-top: 1rem; }
    .field label, legend { font-weight: 600; }
    .field input {
      display: block; box-sizing: border-box; width: 100%; max-width: 26rem; margin-top: 0.35rem; padding: 0.6rem 0.7rem;
      font: inherit; color: var(--ink); background: var(--ground); border: 1px solid var(--edge); border-radius: 6px;
    }
    fieldset { min-width: 0; margin: 1rem 0 0; padding: 0; border: 0; }
    legend { padding: 0; }
    .choice { display: flex; align-items: baseline; gap: 0.6rem; padding: 0.35rem 0; }
    .choice input { flex: none; width: 1.1rem; height: 1.1rem; accent-color: var(--accent); }
    .offer details { margin-top: 1rem; }
    form + .fine, .lead + .facts { margin-top: 1rem; }
    .field .fine, fieldset .fine { margin-top: 0.2rem; }
    .problem { color: var(--urgent-ink); font-weight: 600; }
    .problem + input { border: 2px solid var(--urgent-ink); }
    .saved {
      margin-top: 1rem; padding: 0.6rem 0.9rem; background: var(--done-ground); color: var(--done-ink);
      border-radius: 6px;
    }
    .quiet-button {
      background: transparent; color: var(--link); padding: 0.6rem 1.1rem; border: 1px solid var(--edge);
      border-radius: 6px; font-family: inherit; font-size: inherit; cursor: pointer;
    }
    .translation { display: block; font-weight: 400; font-size: 1.1rem; color: var(--soft); }
    .services li { margin-top: 0.5rem; }
    .services a {
      display: block; padding: 0.9rem 1.1rem; border: 1px solid var(--line); border-radius: 8px; font-weight: 600;
      background: var(--raised);
    }
    .years ul, .months ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 1rem 0; }
    .years a, .months a { display: inline-block; padding: 0.35rem 0; }
    .years a[aria-current] { font-weight: 700; color: var(--ink); text-decoration: none; }
    .months .next { margin-left: auto; }

    """
}

extension Stylesheet {
  /// Cards in lists, and the page of a change.
  static let changes = """
    .now {
      border: 1px solid var(--line); border-left: 6px solid var(--running-ink); border-radius: 8px; padding: 1.25rem;
    }
    .now.quiet { border-left-color: var(--done-ink); }
    .now.down { border-left-color: var(--urgent-ink); }
    .outages + .status { margin-top: 1rem; }
    .outages .outage { font-size: 1.1rem; }
    .outages li + li { margin-top: 0.75rem; }
    .now .status { font-size: 1.1rem; }
    .now .cards, .window-terms { margin-top: 1rem; }
    .now.quiet .status { font-weight: 600; }
    .card { display: flex; gap: 1.1rem; padding: 1.1rem 0; border-top: 1px solid var(--line); }
    .cards > .card:last-child { border-bottom: 1px solid var(--line); }
    .now .cards > .card:last-child { border-bottom: 0; padding-bottom: 0; }
    .cards + p { margin-top: 1rem; }
    .date {
      flex: 0 0 5rem; align-self: flex-start; text-align: center; line-height: 1.2; padding: 0.5rem 0.25rem;
      background: var(--raised); border: 1px solid var(--line); border-radius: 8px;
    }
    .date span { display: block; }
    .date-weekday, .date-month { font-size: 0.8rem; color: var(--soft); }
    .date-day { font-size: 1.7rem; font-weight: 700; font-variant-numeric: tabular-nums; }
    .card-text { flex: 1 1 auto; min-width: 0; }
    .card-text p { margin-top: 0.35rem; }
    .badges { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.3rem 0.75rem; }
    h1 + .badges { margin-top: 0.75rem; }
    .badge { font-size: 0.9rem; }
    .ahead, .running, .done, .badge.cancelled, .badge.unconfirmed, .urgent {
      padding: 0.1rem 0.55rem; border: 1px solid currentColor; border-radius: 999px; font-weight: 600;
    }
    .ahead { background: var(--planned-ground); color: var(--planned-ink); }
    .running { background: var(--running-ground); color: var(--running-ink); }
    .done { background: var(--done-ground); color: var(--done-ink); }
    .badge.cancelled, .badge.unconfirmed { background: var(--cancelled-ground); color: var(--cancelled-ink); }
    .urgent { background: var(--urgent-ground); color: var(--urgent-ink); }
    .when { font-variant-numeric: tabular-nums; }
    .remark { border-left: 4px solid var(--edge); padding-left: 0.75rem; font-weight: 600; }
    .off .when { text-decoration: line-through; }
    .off .date-day { text-decoration: line-through; }
    .back { margin-bottom: 1.25rem; }
    .reference { color: var(--soft); margin-bottom: 0.25rem; font-variant-numeric: tabular-nums; }
    main > .remark { margin-top: 1rem; }
    .facts { margin: 0; border-bottom: 1px solid var(--line); }
    .facts div {
      display: grid; grid-template-columns: 12rem minmax(0, 1fr); gap: 0.1rem 1rem; padding: 0.5rem 0;
      border-top: 1px solid var(--line);
    }
    .facts dt { color: var(--soft); }
    .facts dd { margin: 0; overflow-wrap: anywhere; }
    .history > li { border-left: 3px solid var(--line); padding: 0 0 1.5rem 1.1rem; }
    .history > li:last-child { padding-bottom: 0; }
    @media screen and (max-width: 40rem) {
      .card { gap: 0.8rem; }
      .date { flex-basis: 4.2rem; }
      .facts div { grid-template-columns: minmax(0, 1fr); }
    }

    """

  /// Tables of the history and of the subscriptions.
  static let tables = """
    table { border-collapse: collapse; width: 100%; }
    caption { text-align: left; color: var(--soft); font-size: 0.9rem; padding-bottom: 0.4rem; }
    .plain th, .plain td, .differences th, .differences td {
      text-align: left; vertical-align: top; padding: 0.5rem 0.75rem 0.5rem 0; border-top: 1px solid var(--line);
    }
    .plain thead th, .differences thead th { color: var(--soft); font-weight: 600; font-size: 0.9rem; }
    .plain tbody th { font-weight: 600; width: 38%; }
    .plain td p + p { margin-top: 0.1rem; }
    .differences { margin-top: 0.75rem; table-layout: fixed; }
    .differences tbody th { font-weight: 400; color: var(--soft); }
    .differences td { overflow-wrap: anywhere; }
    .differences thead th:first-child { width: 9rem; }
    .availability { max-width: 46rem; overflow-wrap: normal; font-variant-numeric: tabular-nums; }
    .availability th, .availability td {
      text-align: left; vertical-align: top; padding: 0.4rem 0.5rem 0.4rem 0; border-top: 1px solid var(--line);
    }
    .availability th { font-weight: 400; }
    @media screen and (min-width: 40rem) { .availability td:last-child { width: 50%; } }
    .availability strong { white-space: nowrap; }
    .availability thead th { color: var(--soft); font-size: 0.85rem; }
    summary { cursor: pointer; color: var(--link); padding: 0.3rem 0; }
    .plain + details, .availability + p { margin-top: 0.5rem; }
    ol { padding-left: 1.4rem; margin: 0.4rem 0 1.25rem; }
    @media screen and (max-width: 40rem) {
      .plain thead, .differences thead { position: absolute; left: -100vw; }
      .plain, .plain tbody, .plain tr, .plain th, .plain td, .differences, .differences tbody, .differences tr,
      .differences th, .differences td { display: block; }
      .plain tr, .differences tr { border-top: 1px solid var(--line); padding: 0.5rem 0; }
      .plain th, .plain td, .differences th, .differences td { border: 0; padding: 0.1rem 0; }
      .plain tbody th { width: auto; }
      .differences tbody th { font-weight: 600; }
      .differences .narrow-only { display: inline; color: var(--soft); }
      .plain caption, .differences caption { display: block; }
    }

    """
}

extension Stylesheet {
  /// The month: a table on wide screens, a list of days on narrow ones.
  static let calendar = """
    .legend { margin: 1rem 0; font-size: 0.9rem; }
    .legend h2 { font-size: 0.9rem; margin: 0; }
    .legend p { color: var(--soft); }
    .legend ul { display: flex; flex-wrap: wrap; gap: 0.3rem 1.5rem; margin-top: 0.3rem; }
    .legend li { display: flex; align-items: center; gap: 0.5rem; }
    .few { display: none; }
    .bar-of-day { display: block; width: 100%; height: 0.75rem; margin: 0.3rem 0; border: 1px solid var(--edge); }
    .bar-sample { flex: none; width: 3rem; height: 0.75rem; border: 1px solid var(--edge); }
    .bar-closed { fill: var(--closed); }
    .bar-window { fill: var(--window); }
    .bar-freeze { fill: var(--freeze); }
    .bar-change { fill: var(--change); }
    .month { table-layout: fixed; font-size: 0.85rem; line-height: 1.35; }
    .month caption { font-size: 1rem; }
    .month th, .month td { border: 1px solid var(--line); padding: 0.4rem; vertical-align: top; text-align: left; }
    .month thead th { color: var(--soft); font-weight: 600; }
    .month .week {
      width: 3.2rem; padding-left: 0.1rem; padding-right: 0.1rem; color: var(--soft); font-weight: 400; text-align: center;
    }
    .month td { overflow-wrap: anywhere; }
    .month .outside { background: var(--raised); }
    .month p, .day-changes li { margin-top: 0.25rem; }
    .month .day { display: flex; flex-wrap: wrap; gap: 0 0.5rem; align-items: baseline; margin: 0; }
    .day-number { font-size: 1.05rem; font-weight: 700; }
    .today { box-shadow: inset 0 0 0 3px var(--accent); }
    .today-word { font-weight: 600; }
    .holiday, .clock, .freeze { font-weight: 600; }
    .window { color: var(--soft); }
    .day-changes a { display: block; padding: 0.3rem 0 0.3rem 0.4rem; border-left: 3px solid var(--change); }
    .day-changes .off { border-left-style: dotted; }
    .day-times { font-variant-numeric: tabular-nums; }
    .day-title { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; }
    .day-state { font-size: 0.95em; }
    @media screen and (max-width: 60rem) {
      .month .narrow-only { display: inline; }
      .month { font-size: 0.95rem; }
      .month thead { position: absolute; left: -100vw; }
      .month, .month caption, .month tbody, .month tr, .month td, .month th { display: block; }
      .few { display: block; color: var(--soft); }
      .month .outside, .month .ordinary, .month .nightly { display: none; }
      .month .week {
        width: auto; text-align: left; border: 0; padding: 1.25rem 0 0.4rem; font-weight: 600;
      }
      .month td { border-width: 1px 0 0; padding: 0.6rem 0.5rem; }
      .month .day-number { font-size: 1rem; }
      .month time { font-weight: 700; }
      .day-changes a { padding-top: 0.45rem; padding-bottom: 0.45rem; }
      .bar-of-day { max-width: 24rem; }
    }

    """

  /// On paper: no menu, no colour that costs ink, nothing torn in two.
  static let paper = """
    @page { margin: 10mm; }
    @media print {
      :root {
        --ground: #ffffff; --raised: #ffffff; --line: #999999; --edge: #555555; --ink: #000000; --soft: #333333;
        --link: #000000; --planned-ground: #ffffff; --planned-ink: #000000; --running-ground: #ffffff;
        --running-ink: #000000; --done-ground: #ffffff; --done-ink: #000000; --cancelled-ground: #ffffff;
        --cancelled-ink: #000000; --urgent-ground: #ffffff; --urgent-ink: #000000; --window: #bbbbbb;
        --freeze: #000000; --change: #000000; --closed: #ffffff;
      }
      body { font-size: 10.5pt; }
      main { padding-top: 0.4rem; padding-bottom: 0; }
      .site-header { display: flex; align-items: baseline; gap: 1rem; flex-wrap: wrap; }
      .bar, .contact { min-height: 0; margin: 0; padding: 0; }
      .simulation { flex-basis: 100%; padding: 0.2rem; }
      .skip, .bar nav, .language, .months, .years, .back, .offer, .up { display: none; }
      .bar, main, .site-footer { max-width: none; padding-left: 0; padding-right: 0; }
      .simulation { border: 2px solid #000000; }
      .card, .facts div, tr, .history > li { break-inside: avoid; }
      h1, h2, h3 { break-after: avoid; }
      .month { width: calc(100% - 1px); font-size: 7.5pt; line-height: 1.25; }
      .month th, .month td { padding: 0.1rem 0.2rem; }
      .month .window, .month caption, .legend p, .legend h2 { display: none; }
      .contact, .legend { margin: 0; font-size: 8.5pt; }
      .legend ul { gap: 0 0.75rem; }
      h1 { font-size: 15pt; }
      .month .day-title { -webkit-line-clamp: 2; }
      .month .week { width: 2rem; }
      .day-number { font-size: 9pt; }
      .month .day-changes a { padding-top: 0; padding-bottom: 0; }
      .bar-of-day { height: 0.4rem; margin: 0.1rem 0; }
      .site-footer { margin-top: 0.4rem; padding: 0; font-size: 8.5pt; }
      .site-footer p { display: inline; }
      .site-footer::before { padding-top: 0.2rem; }
      .bar-of-day, .bar-sample { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
    }

    """
}

extension PortalSite {
  /// `icon.svg`, what a browser shows on the tab: a sheet of a calendar with one day marked. Without one, browsers ask the
  /// server for an icon of their own choice, and find none.
  package static let icon = Array(
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
    <rect x="3" y="5" width="26" height="24" rx="4" fill="#ffffff" stroke="#0b4f9c" stroke-width="2"/>
    <path d="M3 12V9a4 4 0 0 1 4-4h18a4 4 0 0 1 4 4v3z" fill="#0b4f9c"/>
    <path d="M10 2v6M22 2v6" stroke="#0b4f9c" stroke-width="3" stroke-linecap="round"/>
    <rect x="17" y="18" width="7" height="6" rx="1" fill="#0b4f9c"/>
    </svg>

    """.utf8)
}
