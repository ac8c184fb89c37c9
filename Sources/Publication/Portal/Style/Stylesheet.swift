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
      text-decoration: none; border: 1px solid var(--accent);
    }
    .actions .button:hover { text-decoration: underline; }
    .addresses { margin: 1rem 0 0; }
    .addresses div { margin-top: 0.6rem; }
    .addresses dt { font-size: 0.9rem; color: var(--soft); }
    .addresses dd {
      margin: 0.2rem 0 0; padding: 0.6rem 0.8rem; background: var(--ground); border: 1px solid var(--edge);
      border-radius: 6px;
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
