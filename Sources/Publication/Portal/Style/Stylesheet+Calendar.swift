extension Stylesheet {
  /// The month: a table on wide screens, a list of days on narrow ones.
  static let calendar = """
    .legend { margin: 1rem 0; font-size: 0.9rem; }
    .legend h2 { font-size: 0.9rem; margin: 0; }
    .legend p { color: var(--soft); }
    .legend ul { display: flex; flex-wrap: wrap; gap: 0.3rem 1.5rem; margin-top: 0.3rem; }
    .legend li { display: flex; align-items: center; gap: 0.5rem; }
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
      .month .outside { display: none; }
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
    @media print {
      :root {
        --ground: #ffffff; --raised: #ffffff; --line: #999999; --edge: #555555; --ink: #000000; --soft: #333333;
        --link: #000000; --planned-ground: #ffffff; --planned-ink: #000000; --running-ground: #ffffff;
        --running-ink: #000000; --done-ground: #ffffff; --done-ink: #000000; --cancelled-ground: #ffffff;
        --cancelled-ink: #000000; --urgent-ground: #ffffff; --urgent-ink: #000000; --window: #bbbbbb;
        --freeze: #000000; --change: #000000; --closed: #ffffff;
      }
      body { font-size: 10.5pt; }
      main { padding-top: 0.75rem; padding-bottom: 0; }
      .skip, .bar nav, .language, .months, .years, .back, .offer, .up { display: none; }
      .bar, main, .site-footer { max-width: none; padding-left: 0; padding-right: 0; }
      .simulation { border: 2px solid #000000; }
      .card, .facts div, tr, .history > li { break-inside: avoid; }
      h1, h2, h3 { break-after: avoid; }
      .month { font-size: 7.5pt; line-height: 1.25; }
      .month th, .month td { padding: 0.15rem 0.2rem; }
      .site-footer { margin-top: 0.75rem; font-size: 8.5pt; }
      .site-footer::before { padding-top: 0.5rem; }
      .bar-of-day, .bar-sample { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
    }

    """
}
