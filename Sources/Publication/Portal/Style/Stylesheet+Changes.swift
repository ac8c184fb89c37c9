extension Stylesheet {
  /// Cards in lists, and the page of a change.
  static let changes = """
    .now {
      border: 1px solid var(--line); border-left: 6px solid var(--running-ink); border-radius: 8px; padding: 1.25rem;
    }
    .now.quiet { border-left-color: var(--done-ink); }
    .now .status { font-size: 1.1rem; }
    .now .cards { margin-top: 1rem; }
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
    .ahead, .running, .done, .badge.cancelled, .urgent {
      padding: 0.1rem 0.55rem; border: 1px solid currentColor; border-radius: 999px; font-weight: 600;
    }
    .ahead { background: var(--planned-ground); color: var(--planned-ink); }
    .running { background: var(--running-ground); color: var(--running-ink); }
    .done { background: var(--done-ground); color: var(--done-ink); }
    .badge.cancelled { background: var(--cancelled-ground); color: var(--cancelled-ink); }
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
    summary { cursor: pointer; color: var(--link); }
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
