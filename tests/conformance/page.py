"""How the report looks."""

STYLE = """
:root { color-scheme: light dark; --ink: #1d2733; --paper: #ffffff; --soft: #f3f5f8; --line: #d8dee6;
  --good: #0f7b46; --good-soft: #e3f4ea; --bad: #b3261e; --bad-soft: #fdeceb; --quiet: #66717f; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e9ef; --paper: #12171d; --soft: #1b222b; --line: #313b47;
    --good: #6fd3a0; --good-soft: #14301f; --bad: #ff9c94; --bad-soft: #3a1917; --quiet: #97a3b1; } }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
header { padding: 1.6rem max(1rem, calc((100vw - 96rem) / 2)); border-bottom: 4px solid; background: var(--soft); }
header.good { border-color: var(--good); } header.bad { border-color: var(--bad); }
header h1 { margin: 0; font-size: .95rem; font-weight: 600; letter-spacing: .06em; text-transform: uppercase;
  color: var(--quiet); }
header p { margin: .2rem 0 0; color: var(--quiet); }
header .verdict { font-size: 1.8rem; font-weight: 650; margin: .1rem 0; }
header.good .verdict { color: var(--good); } header.bad .verdict { color: var(--bad); }
main { max-width: 96rem; margin: 0 auto; padding: 1rem; }
h2 { font-size: 1.15rem; margin: 1.6rem 0 .4rem; } h3 { margin: 0 0 .5rem; font-size: 1rem; }
h4 { margin: .8rem 0 .2rem; font-size: .8rem; color: var(--quiet); font-weight: 600; }
section > p { margin: 0 0 .8rem; color: var(--quiet); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .86rem; }
thead th { height: 11.5rem; vertical-align: bottom; padding: 0 .35rem .5rem; font-weight: 500; }
thead th span { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; }
tbody th { text-align: left; font-weight: 550; padding: .3rem .9rem .3rem .2rem; white-space: nowrap; }
tbody td { text-align: right; padding: .3rem .5rem; border: 1px solid var(--line); min-width: 3.1rem; }
td.pass { background: var(--good-soft); color: var(--good); }
td.fail { background: var(--bad-soft); font-weight: 650; } td.fail a { color: var(--bad); white-space: nowrap; }
td.none { color: var(--line); text-align: center; }
article { border: 1px solid var(--line); border-left: 4px solid var(--bad); border-radius: 6px; padding: 1rem;
  margin: .8rem 0; }
details { border: 1px solid var(--line); border-radius: 6px; padding: .5rem .8rem; margin: .4rem 0; }
summary { cursor: pointer; overflow-wrap: anywhere; }
pre { margin: 0; padding: .6rem .8rem; background: var(--soft); border-radius: 5px; overflow-x: auto;
  white-space: pre-wrap; overflow-wrap: anywhere; font-size: .82rem; }
pre.error { color: var(--bad); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; margin: 0 0 .6rem; }
dt { font-weight: 550; } dd { margin: 0; color: var(--quiet); }
"""
