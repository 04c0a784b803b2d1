/// How the pages look.
enum GuideStyle {
  static let css = """
    :root { color-scheme: light dark; --paper: #fff; --ink: #1c2024; --quiet: #5b6470; --edge: #d5dae0; --card: #f6f8fa;
      --link: #1f5aa0; }
    @media (prefers-color-scheme: dark) { :root { --paper: #14171a; --ink: #e6e9ec; --quiet: #a3adb8; --edge: #353c44;
      --card: #1d2227; --link: #8dbdf2; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
    main, footer, header { max-width: 62rem; margin: 0 auto; padding: 1rem; }
    header ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; padding: 0; margin: 0; }
    header { border-bottom: 1px solid var(--edge); }
    h1 { font-size: 1.7rem; line-height: 1.25; margin: .5rem 0; overflow-wrap: anywhere; }
    h2 { font-size: 1.2rem; line-height: 1.3; margin: 1.75rem 0 .5rem; }
    h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
    p, li, dd { max-width: 46rem; overflow-wrap: break-word; }
    .lead { font-size: 1.1rem; }
    ul, ol { margin: .25rem 0; padding-left: 1.4rem; }
    li { margin: .2rem 0; }
    a { color: var(--link); }
    a:focus-visible, pre:focus-visible, .scroll:focus-visible, input:focus-visible { outline: 3px solid var(--link);
      outline-offset: 2px; }
    .skip { position: absolute; left: -99rem; }
    .skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .25rem .5rem; }
    footer, dt { color: var(--quiet); }
    .facts { background: var(--card); border: 1px solid var(--edge); border-radius: 8px; padding: .5rem 1rem; }
    .facts div { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .2rem 0; }
    dt { flex: 0 0 13rem; }
    dd { margin: 0; flex: 1 1 16rem; }
    code { font-family: ui-monospace, monospace; font-size: .93em; }
    pre { background: var(--card); border: 1px solid var(--edge); border-radius: 6px; padding: .5rem; margin: .25rem 0;
      overflow-x: auto; font-size: .9rem; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; font-size: .92rem; width: 100%; }
    th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--edge); vertical-align: top; }
    tbody th { font-weight: 600; }
    label { display: block; font-weight: 600; }
    input { width: 100%; max-width: 46rem; font: inherit; padding: .5rem; border: 1px solid var(--quiet);
      border-radius: 6px; background: var(--paper); color: var(--ink); }
    @media print { header, .skip, #search { display: none; } }

    """
}
