extension PageStyle {
  /// Of the details beside the drawing, and of the model's description.
  static let panel = #"""
    aside{background:var(--sheet);overflow:auto;padding:18px 20px 30px}
    .js aside{width:380px;flex:none;border-left:1px solid var(--line)}
    h2{font-size:16px;font-weight:650;letter-spacing:-.01em;overflow-wrap:anywhere}
    h3{font-size:11px;font-weight:600;letter-spacing:.06em;text-transform:uppercase;color:var(--faint);margin:22px 0 8px}
    .kind{display:flex;align-items:center;gap:7px;color:var(--soft);font-size:13px;margin-top:3px}
    .facts{display:grid;grid-template-columns:minmax(96px,auto) 1fr;gap:4px 14px;font-size:13px}
    .facts dt{color:var(--soft)}
    .facts dd{overflow-wrap:anywhere}
    .card{border:1px solid var(--line);border-radius:10px;padding:10px 12px;margin-top:8px}
    .head-line{display:flex;gap:8px;justify-content:space-between;align-items:baseline}
    .card .tensor-name{font-weight:550;overflow-wrap:anywhere;font-size:13px;display:-webkit-box;-webkit-line-clamp:3;-webkit-box-orient:vertical;overflow:hidden}
    .card .place{color:var(--faint);font-size:12px;white-space:nowrap}
    .shape{font-size:13px;margin-top:2px}
    .shape em{font-style:normal;color:var(--soft);margin-left:8px}
    .small{font-size:12px;color:var(--soft);margin-top:3px;overflow-wrap:anywhere}
    .histogram{display:block;width:100%;height:46px;margin-top:9px;color:var(--accent)}
    .histogram rect{fill:currentColor;fill-opacity:.62}
    .histogram .zero{stroke:var(--faint);stroke-width:1;stroke-dasharray:2 2;vector-effect:non-scaling-stroke}
    .ends{display:flex;justify-content:space-between;color:var(--faint);font-size:11px;margin-top:1px}
    .figures{display:grid;grid-template-columns:repeat(3,1fr);gap:2px 10px;font-size:12px;margin-top:7px}
    .figures span{color:var(--faint);display:block;font-size:11px}
    .tags{display:flex;flex-wrap:wrap;gap:5px;margin-top:6px;font-size:12px}
    .tags a{background:var(--hover);border-radius:6px;padding:2px 8px;color:var(--ink)}
    .tags a:hover{background:var(--accent-soft);text-decoration:none}
    .back{font-size:12px;display:inline-block;margin-bottom:10px}
    .work{display:grid;grid-template-columns:auto 1fr auto;gap:5px 10px;align-items:center;font-size:12px}
    .work .name{display:flex;gap:7px;align-items:center;color:var(--soft)}
    .track{height:7px;border-radius:4px;background:var(--hover);overflow:hidden}
    .track span{display:block;height:100%;border-radius:4px;background:var(--accent)}
    .model{padding:22px}
    .model>div{max-width:920px}
    .model h3:first-child{margin-top:0}
    .keys{display:grid;grid-template-columns:auto 1fr;gap:6px 14px;font-size:13px;align-items:baseline}
    """#

  /// Of the tables.
  static let tables = #"""
    .table{padding:0}
    table{border-collapse:separate;border-spacing:0;width:100%;font-size:12.5px;background:var(--sheet)}
    thead th{position:sticky;top:0;z-index:2;background:var(--sheet);border-bottom:1px solid var(--line);padding:0;text-align:left;font-weight:500}
    th button{all:unset;box-sizing:border-box;width:100%;cursor:pointer;padding:9px 10px;color:var(--soft);font-size:12px;white-space:nowrap}
    th button:hover{color:var(--ink)}
    th button:focus-visible{outline:2px solid var(--accent);outline-offset:-2px}
    th[aria-sort] button{color:var(--ink);font-weight:600}
    th[aria-sort=ascending] button::after{content:" \2191"}
    th[aria-sort=descending] button::after{content:" \2193"}
    td{padding:5px 10px;border-bottom:1px solid var(--line);vertical-align:top}
    tbody tr{cursor:pointer}
    tbody tr:hover{background:var(--hover)}
    tbody tr.marked{background:var(--accent-soft)}
    .n{text-align:right;white-space:nowrap}
    th.n button{text-align:right}
    td.op-name{white-space:nowrap}
    td.op-name .dot{margin-right:8px}
    td.wide{color:var(--soft);min-width:170px;max-width:340px;overflow-wrap:anywhere}
    td.tensor{min-width:230px;max-width:420px;overflow-wrap:anywhere}
    td.tensor div,td.wide div{display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden}
    td.results{min-width:150px;max-width:240px;color:var(--ink)}
    td.tight{white-space:nowrap}
    td.soft{color:var(--soft)}
    .measure{min-width:104px}
    .measure .track{height:4px;margin-top:3px}
    .none{color:var(--faint)}
    """#
}
