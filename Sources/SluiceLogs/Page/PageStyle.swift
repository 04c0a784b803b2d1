/// How the page looks.
enum PageStyle {
  static let css = """
    :root { color-scheme: light dark; --paper: #fff; --ink: #1c2024; --quiet: #5b6470; --edge: #d5dae0; --card: #f6f8fa;
      --bad: #b3261e; --line: #3b6ea8; }
    @media (prefers-color-scheme: dark) { :root { --paper: #14171a; --ink: #e6e9ec; --quiet: #a3adb8; --edge: #353c44;
      --card: #1d2227; --bad: #ff8a80; --line: #7fb2ea; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
    main, footer { max-width: 62rem; margin: 0 auto; padding: 1rem; }
    h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0; }
    h2 { font-size: 1.2rem; line-height: 1.3; margin: 0 0 .5rem; }
    h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
    ul, ol { margin: .25rem 0; padding-left: 1.4rem; }
    .quiet, figcaption, footer { color: var(--quiet); }
    .tiles { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0; }
    .tiles div { flex: 1 1 8rem; background: var(--card); border: 1px solid var(--edge); border-radius: 6px; padding: .5rem .75rem; }
    dt { color: var(--quiet); font-size: .85rem; }
    dd { margin: 0; font-size: 1.25rem; font-variant-numeric: tabular-nums; }
    article, section { border: 1px solid var(--edge); border-radius: 8px; padding: 1rem; margin: 1rem 0; }
    .badges span { display: inline-block; border: 1px solid var(--edge); border-radius: 99px; background: var(--card);
      padding: 0 .6rem; margin: 0 .35rem .25rem 0; font-size: .85rem; }
    figure { margin: .5rem 0; }
    figcaption { font-size: .85rem; }
    .chart { overflow-x: auto; }
    svg { width: 100%; min-width: 34rem; height: auto; display: block; }
    svg text { fill: var(--quiet); font-size: 13px; }
    .bar { fill: var(--bad); }
    .requests { fill: none; stroke: var(--line); stroke-width: 1.5; }
    svg .scale { fill: var(--line); }
    .axis { stroke: var(--edge); }
    .story { list-style: none; padding: 0; }
    .story time { color: var(--quiet); font-variant-numeric: tabular-nums; margin-right: .5rem; }
    pre { background: var(--card); border: 1px solid var(--edge); border-radius: 6px; padding: .5rem; margin: .25rem 0;
      overflow-x: auto; font-size: .85rem; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; font-size: .9rem; width: 100%; }
    th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--edge); vertical-align: top; }
    tbody th { font-weight: 600; }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    summary { cursor: pointer; margin-top: .75rem; }

    """
}
