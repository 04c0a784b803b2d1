/// How the dashboard looks: quiet ground, one accent, and colours of states for states only.
enum DashboardStyle {
  static let css = colours + ground + frame + parts + charts + tables + pages + narrow

  private static let colours = """
    :root { color-scheme: light dark; --ground: #f6f7f7; --paper: #ffffff; --ink: #15191d; --quiet: #57616b;
      --edge: #dde2e6; --accent: #1d55b4; --good: #17693a; --good-tint: #e4f3e9; --warning: #855000;
      --warning-tint: #fdf0d5; --bad: #b0231b; --bad-tint: #fdeae8; --bar: #c4453d; --mark: #5a3fb0; }
    @media (prefers-color-scheme: dark) { :root { --ground: #0f1214; --paper: #171b1f; --ink: #e8ebee; --quiet: #a2acb6;
      --edge: #2b3239; --accent: #8fbcf9; --good: #6fd39a; --good-tint: #14291d; --warning: #f0bb63;
      --warning-tint: #2d2312; --bad: #ff958b; --bad-tint: #331a19; --bar: #e0655c; --mark: #b9a5ff; } }

    """

  private static let ground = """
    * { box-sizing: border-box; }
    [hidden], .scripted { display: none !important; }
    .has-script .scripted { display: revert !important; }
    body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif;
      overflow-wrap: break-word; }
    main { max-width: 88rem; margin: 0 auto; padding: 1.25rem 1.5rem 3rem; display: block; }
    main:focus { outline: none; }
    h1 { font-size: 1.9rem; line-height: 1.2; letter-spacing: -.01em; margin: 0 0 .25rem; text-wrap: balance; }
    h2 { font-size: 1.2rem; line-height: 1.3; margin: 0 0 .75rem; }
    h3 { font-size: 1.05rem; line-height: 1.35; margin: 0; }
    p { margin: 0 0 .5rem; }
    ul, ol { margin: .25rem 0; padding-left: 1.3rem; }
    ul.plain, ol.changes, ul.marks, ul.legend, ul.attention, ol.attempts { list-style: none; padding: 0; }
    a { color: var(--accent); text-underline-offset: .15em; text-decoration-thickness: 1px; }
    a:hover { text-decoration-thickness: 2px; }
    code, pre { font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: .9em; }
    code { overflow-wrap: anywhere; }
    pre { background: var(--ground); border: 1px solid var(--edge); border-radius: 6px; padding: .5rem .75rem;
      margin: .25rem 0; overflow-x: auto; }
    pre code { overflow-wrap: normal; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
    button, input, select { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--quiet);
      border-radius: 6px; padding: .25rem .7rem; max-width: 100%; }
    button { cursor: pointer; }
    td button { border-color: var(--edge); font-size: .9rem; padding: .1rem .6rem; }
    button:hover { border-color: var(--accent); color: var(--accent); }
    button[disabled] { opacity: .6; cursor: progress; }
    .quiet, .lead, footer { color: var(--quiet); }
    .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
      white-space: nowrap; }
    .skip { position: absolute; left: -99rem; z-index: 1; }
    .skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .4rem .8rem; }

    """

  private static let frame = """
    .top { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 2rem; padding: .7rem 1.5rem;
      background: var(--paper); border-bottom: 1px solid var(--edge); }
    .top p { margin: 0; }
    .brand { display: flex; align-items: center; gap: .5rem; min-width: 0; }
    .brand .mark { width: 1.1rem; height: 1.1rem; border-radius: 3px; background: var(--accent);
      border-bottom: .3rem solid var(--ink); }
    .brand .name { color: var(--quiet); overflow-wrap: anywhere; }
    .top ul { display: flex; gap: .25rem; list-style: none; margin: 0; padding: 0; }
    .top nav a { display: block; padding: .25rem .7rem; border-radius: 6px; color: var(--ink); text-decoration: none; }
    .top nav a:hover { background: var(--ground); }
    .top nav a[aria-current] { font-weight: 650; background: var(--ground); box-shadow: inset 0 -2px 0 var(--accent); }
    .live { margin-left: auto !important; color: var(--quiet); font-size: .9rem; }
    .live::before { content: "○ "; }
    .live.on { color: var(--good); }
    .live.on::before { content: "● "; }
    footer { max-width: 88rem; margin: 0 auto; padding: 0 1.5rem 2rem; font-size: .9rem; }
    section { margin: 0 0 2rem; }
    section > h3 { margin: 1.25rem 0 .35rem; }
    .columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 2rem; }
    .columns.tight { gap: 0 1.5rem; margin-bottom: 1rem; }
    h3 + table, h3 + p { margin-top: .25rem; }
    .line { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem .75rem; margin-bottom: .5rem; }
    .line h3, .line h1 { margin: 0; }

    """

  private static let parts = """
    .badge { display: inline-block; border-radius: 99px; padding: 0 .6rem; font-size: .88rem; font-weight: 600;
      border: 1px solid currentColor; white-space: normal; }
    .badge.good { color: var(--good); background: var(--good-tint); }
    .badge.warning { color: var(--warning); background: var(--warning-tint); }
    .badge.bad { color: var(--bad); background: var(--bad-tint); }
    .badge.neutral { color: var(--quiet); background: var(--paper); }
    .why { display: block; color: var(--quiet); font-size: .88rem; }
    .now { background: var(--paper); border: 1px solid var(--edge); border-left: .4rem solid var(--quiet);
      border-radius: 10px; padding: 1.1rem 1.4rem; }
    .now.good { border-left-color: var(--good); }
    .now.warning { border-left-color: var(--warning); }
    .now.bad { border-left-color: var(--bad); }
    .now.good .shape { color: var(--good); }
    .now.warning .shape { color: var(--warning); }
    .now.bad .shape { color: var(--bad); }
    .shape { font-size: .75em; vertical-align: .08em; }
    .lead { font-size: 1.05rem; }
    dl { margin: 0; }
    dt { color: var(--quiet); font-size: .85rem; }
    dd { margin: 0; font-variant-numeric: tabular-nums; }
    .numbers { display: flex; flex-wrap: wrap; gap: .75rem 2.75rem; margin-top: .9rem; }
    .numbers dd { font-size: 1.4rem; font-weight: 600; line-height: 1.25; }
    .facts { display: flex; flex-wrap: wrap; gap: .4rem 2rem; margin: .5rem 0; }
    .facts.wide { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .75rem 2rem;
      margin-bottom: 1rem; }
    .facts.list { display: block; }
    .facts.list > div { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .3rem 0;
      border-bottom: 1px solid var(--edge); }
    .facts.list dt { flex: 0 0 9rem; font-size: .95rem; }
    .facts.list dd { flex: 1 1 16rem; min-width: 0; overflow-wrap: anywhere; }
    .problem { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1rem 2rem;
      background: var(--paper); border: 1px solid var(--edge); border-left: .4rem solid var(--bad);
      border-radius: 10px; padding: 1.1rem 1.4rem; margin-bottom: 1rem; }
    .problem.warning { border-left-color: var(--warning); }
    .problem.neutral { border-left-color: var(--quiet); }
    .problem.verdict { display: block; }
    .problem h3 { font-size: 1.15rem; }
    .problem .facts { gap: .1rem 1.75rem; }
    .problem .facts > div { display: flex; gap: .45rem; align-items: baseline; }
    .problem h1 { font-size: 1.5rem; }
    .problem h3 a { color: inherit; text-decoration-color: var(--edge); }
    .problem h3 a:hover { color: var(--accent); text-decoration-color: currentColor; }
    .problem .next { margin: .5rem 0 0; }
    .place { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; color: var(--quiet);
      font-size: .95rem; overflow-wrap: anywhere; }
    .links { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .5rem 0 0; font-size: .95rem; }
    .attention li { padding: .35rem 0; border-bottom: 1px solid var(--edge); }
    .changes li { display: flex; gap: .25rem 1rem; padding: .3rem 0; border-bottom: 1px solid var(--edge); }
    .changes time { flex: 0 0 6.5rem; color: var(--quiet); font-variant-numeric: tabular-nums; }
    .changes span { min-width: 0; overflow-wrap: anywhere; }
    .changes .deploy { box-shadow: inset 3px 0 0 var(--mark); padding-left: .6rem; }

    """

  private static let charts = """
    figure { margin: 0; min-width: 0; }
    .chart { align-self: end; }
    .chart svg { display: block; width: 100%; height: 4.5rem; }
    .chart rect { fill: var(--bar); }
    .chart line.axis { stroke: var(--quiet); stroke-width: 2; }
    .chart line.mark { stroke: var(--mark); stroke-width: 2; stroke-dasharray: 5 3; vector-effect: non-scaling-stroke; }
    .chart .most, .chart div.axis, .marks { color: var(--quiet); font-size: .82rem;
      font-variant-numeric: tabular-nums; }
    .chart div.axis { display: flex; justify-content: space-between; }
    .marks { margin: .25rem 0 0; }
    .marks li::before { content: "┊ "; color: var(--mark); font-weight: 700; }
    .shares svg { display: block; width: 100%; height: .9rem; border-radius: 4px; }
    .shares .good { fill: var(--good); }
    .shares .warning { fill: var(--warning); }
    .shares .bad { fill: var(--bad); }
    .legend { display: flex; flex-wrap: wrap; gap: .1rem 1.5rem; margin: .4rem 0 1.25rem; }
    .legend li::before { content: ""; display: inline-block; width: .7em; height: .7em; margin-right: .45em;
      background: currentColor; border-radius: 2px; }
    .legend .good::before { color: var(--good); }
    .legend .warning::before { color: var(--warning); }
    .legend .bad::before { color: var(--bad); }
    .spans > div { display: flex; gap: .75rem; align-items: center; }
    .spans dt { flex: 0 0 5rem; }
    .spans dd { flex: 1; display: flex; gap: .75rem; align-items: center; min-width: 0; font-size: .9rem; }
    .spans dd span { flex: 0 0 7.5rem; text-align: right; }
    .spans svg { flex: 1; height: 1rem; min-width: 0; }
    .spans rect { fill: var(--accent); }
    .spans .track { fill: var(--edge); }
    .spans .broken rect:not(.track) { fill: var(--bar); }
    .spans .broken dd span { color: var(--bad); font-weight: 600; }

    """

  private static let tables = """
    .upstream { background: var(--paper); border: 1px solid var(--edge); border-radius: 10px; padding: 1rem 1.4rem;
      margin-bottom: 1rem; }
    table { border-collapse: collapse; width: 100%; font-size: .95rem; }
    th, td { text-align: left; padding: .45rem .9rem .45rem 0; border-bottom: 1px solid var(--edge);
      vertical-align: baseline; }
    tr:last-child > * { border-bottom: 0; }
    thead th { color: var(--quiet); font-weight: 500; font-size: .85rem; vertical-align: bottom; }
    tbody th { font-weight: 600; }
    .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    thead .number { white-space: normal; }
    td:last-child, th:last-child { padding-right: 0; }
    .endpoints { table-layout: fixed; }
    .endpoints th, .endpoints td { overflow-wrap: anywhere; }
    .endpoints th:nth-child(1) { width: 19%; }
    .endpoints th:nth-child(2) { width: 18%; }
    .endpoints th:nth-child(4) { width: 9%; }
    .endpoints th:nth-child(9) { width: 15%; }
    .endpoints thead th { overflow-wrap: normal; }
    .number + td:not(.number), .number + th:not(.number) { padding-left: .9rem; }

    """

  private static let pages = """
    .filters { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; margin: 0 0 1.25rem; }
    .filters label { display: flex; flex-direction: column; font-size: .85rem; color: var(--quiet); }
    .filters input { width: 10rem; }
    .filters select { max-width: 13rem; }
    .mistake { color: var(--bad); font-weight: 600; }
    .pages { display: flex; gap: 1.5rem; margin-top: 1rem; }
    .attempts > li { background: var(--paper); border: 1px solid var(--edge); border-radius: 10px;
      padding: .8rem 1.1rem; margin-bottom: .75rem; }
    .candidates > li, .steps > li, .checks > li { margin-bottom: .75rem; }
    .candidates p, .steps p { margin-bottom: .15rem; }
    .doctor { background: var(--paper); border: 1px solid var(--edge); border-radius: 10px; padding: 1rem 1.4rem; }
    #examined:empty { display: none; }
    #examined { margin-top: 1rem; }
    #examined h3 { margin: 0 0 .25rem; }

    """

  /// A row becomes a list of its cells, each with the name of its column.
  private static let narrow = """
    @media (max-width: 60rem) {
      .columns { display: block; }
      .problem { display: block; }
      .problem .chart { margin-top: 1rem; }
    }
    @media (max-width: 48rem) {
      main { padding: 1rem 1rem 2rem; }
      .top { padding: .6rem 1rem; }
      footer { padding: 0 1rem 2rem; }
      h1 { font-size: 1.6rem; }
      .numbers { gap: .6rem 1.75rem; }
      .numbers dd { font-size: 1.2rem; }
      .now, .problem, .upstream, .doctor { padding: .9rem 1rem; }
      table, tbody, tr, th, td { display: block; }
      thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      tbody tr { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .35rem 1rem;
        padding: .7rem 0; border-bottom: 1px solid var(--edge); }
      tbody tr:last-child { border-bottom: 0; }
      tbody th, tbody td, tbody td.number, .number + td:not(.number) { border: 0; padding: 0; text-align: left;
        white-space: normal; width: auto !important; min-width: 0; }
      tbody th { grid-column: 1 / -1; }
      tbody td::before { content: attr(data-label); display: block; color: var(--quiet); font-size: .85rem; }
      .short tbody tr { display: flex; justify-content: space-between; padding: .3rem 0; }
      .short tbody td::before { display: none; }
      .spans dt { flex-basis: 4rem; }
      .spans dd { display: block; }
      .spans dd span { display: block; text-align: left; }
      .spans svg { display: block; width: 100%; }
      .filters { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); }
      .filters input, .filters select { width: 100%; max-width: none; }
    }
    @media (prefers-reduced-motion: no-preference) { a, button { transition: color .12s, border-color .12s; } }
    @media (forced-colors: active) { .chart rect, .spans rect { fill: CanvasText; } }
    @media print { .top nav, .skip, .doctor, .scripted { display: none !important; } }

    """

  /// A gate over water.
  static let icon = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#1d55b4"/>
    <path d="M3 3h2v8H3zm8 0h2v8h-2zM5 5h6v3H5zm-3 7h12v2H2z" fill="#fff"/></svg>

    """
}
