/// The page's style sheet.
enum PageStyle {
  static var text: String {
    let light = OperatorKind.allCases.map { "--\($0.rawValue):\($0.lightColor)" }
    let dark = OperatorKind.allCases.map { "--\($0.rawValue):\($0.darkColor)" }
    let only = OperatorKind.allCases.map { kind in
      ".scene[data-only=\(kind.rawValue)] .k-\(kind.rawValue){opacity:1}"
        + ".spot.k-\(kind.rawValue){fill:var(--\(kind.rawValue))}"
        + ".dot.\(kind.rawValue){background:var(--\(kind.rawValue))}"
    }
    return """
      :root{color-scheme:light dark;\(light.joined(separator: ";"));\(lightColors)}
      @media (prefers-color-scheme:dark){:root{\(dark.joined(separator: ";"));\(darkColors)}}
      \(frame)
      \(canvas)
      \(DrawingStyle.rules { "var(--\($0))" })
      \(only.joined(separator: "\n"))
      \(panel)
      \(tables)
      \(media)
      """
  }

  private static let lightColors = """
    --page:#f5f6f7;--sheet:#ffffff;--ink:#1b2229;--soft:#5b6670;--faint:#8a949d;--line:#dfe3e7;\
    --hover:#eef2f6;--accent:#1f62b0;--accent-soft:#e3edf8;--flow:#9aa4ad;--mark:#1f62b0
    """
  private static let darkColors = """
    --page:#12161a;--sheet:#191e23;--ink:#e4e8ec;--soft:#9da8b2;--faint:#74808a;--line:#2c343b;\
    --hover:#222930;--accent:#7db4f2;--accent-soft:#1d2f43;--flow:#5d6872;--mark:#8fc1ff
    """

  private static let frame = #"""
    *{box-sizing:border-box}
    [hidden]{display:none!important}
    html,body{margin:0;height:100%}
    body{background:var(--page);color:var(--ink);font:14px/1.45 -apple-system,"Segoe UI",Roboto,"Helvetica Neue",Helvetica,Arial,sans-serif;font-variant-numeric:tabular-nums}
    a{color:var(--accent);text-decoration:none}
    a:hover{text-decoration:underline}
    :focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
    h1,h2,h3,p,dl,dd,ul,ol{margin:0;padding:0}
    .js body{display:flex;flex-direction:column;overflow:hidden}
    header{background:var(--sheet);border-bottom:1px solid var(--line);padding:14px 22px 0}
    .top{display:flex;align-items:flex-start;gap:24px;justify-content:space-between}
    h1{font-size:18px;font-weight:650;letter-spacing:-.01em;overflow-wrap:anywhere}
    .subtitle{color:var(--soft);font-size:13px;margin-top:1px}
    .totals{display:flex;flex-wrap:wrap;gap:8px 34px;margin:14px 0 10px}
    .totals div{display:flex;flex-direction:column-reverse}
    .totals dt{color:var(--soft);font-size:12px}
    .totals dd{font-size:19px;font-weight:600;letter-spacing:-.015em;line-height:1.2}
    .totals small{font-size:12px;font-weight:400;color:var(--faint);letter-spacing:0;margin-left:6px}
    .notice{background:var(--accent-soft);border-radius:8px;padding:10px 14px;margin:0 0 12px;font-size:13px;max-width:90ch}
    nav{display:flex;gap:4px;align-items:center}
    nav a{padding:8px 12px 9px;color:var(--soft);border-bottom:2px solid transparent;font-weight:500}
    nav a:hover{color:var(--ink);text-decoration:none}
    nav a[aria-current]{color:var(--ink);border-color:var(--accent)}
    nav span{color:var(--faint);font-weight:400;margin-left:5px;font-size:12px}
    nav label{margin-left:auto;color:var(--soft);font-size:13px}
    select,input{font:inherit;color:inherit;background:var(--page);border:1px solid var(--line);border-radius:8px;padding:5px 10px}
    .search{position:relative;flex:0 1 340px}
    .search input{width:100%;padding:7px 34px 7px 12px}
    .search kbd{position:absolute;right:9px;top:8px}
    kbd{font:11px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;color:var(--faint);border:1px solid var(--line);border-radius:4px;padding:1px 5px;background:var(--sheet)}
    .found{position:absolute;z-index:9;top:calc(100% + 5px);left:0;right:0;max-height:60vh;overflow:auto;background:var(--sheet);border:1px solid var(--line);border-radius:10px;list-style:none;padding:5px;box-shadow:0 10px 30px rgb(0 0 0 / .16)}
    .found li{padding:5px 9px;border-radius:6px;cursor:pointer;display:flex;gap:8px;align-items:baseline}
    .found li[aria-selected=true]{background:var(--accent-soft)}
    .found b{font-weight:500;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
    .found i{font-style:normal;color:var(--faint);font-size:12px;margin-left:auto;white-space:nowrap}
    .js main{flex:1;min-height:0;display:flex}
    .js .views{flex:1;min-width:0;position:relative}
    .js .view{position:absolute;inset:0;overflow:auto}
    .dot{display:inline-block;width:9px;height:9px;border-radius:3px;flex:none}
    """#

  /// Narrow windows, and paper.
  private static let media = #"""
    @media (max-width:820px){
    .js main{flex-direction:column}
    .js aside{width:auto;flex:0 0 42%;border-left:0;border-top:1px solid var(--line)}
    .js .legend,.js .minimap{display:none!important}
    .top{flex-wrap:wrap;gap:8px}
    .search{flex:1 1 100%}
    header{padding:12px 14px 0}
    h1{font-size:16px}
    .totals{gap:4px 20px;margin:10px 0 4px}
    .totals dd{font-size:15px}
    .totals small{display:none}
    nav a{padding:8px 9px}
    }
    @media print{
    .js body{display:block;overflow:visible}
    .tools,.minimap,.search,nav{display:none}
    }
    """#

  private static let canvas = #"""
    .js .graph{overflow:hidden}
    html:not(.js) :is(.tools,.legend,.minimap,.search,nav){display:none}
    html:not(.js) .graph{overflow:auto;padding:22px}
    .stage{display:block}
    .js .stage{width:100%;height:100%;cursor:grab;touch-action:none;outline-offset:-3px}
    .js .stage.dragging{cursor:grabbing}
    .js .box{cursor:pointer}
    .box .body{transition:fill-opacity .12s,stroke-opacity .12s}
    .box:hover .body{fill-opacity:.17;stroke-opacity:.8}
    .box.marked .body{fill-opacity:.22;stroke-opacity:1;stroke:var(--mark);stroke-width:2.2}
    .flow.near{stroke:var(--mark);stroke-width:2}
    .flow:hover{stroke:var(--mark)}
    .scene[data-only] .box{opacity:.16}
    .tools{position:absolute;right:14px;top:14px;display:flex;flex-direction:column;background:var(--sheet);border:1px solid var(--line);border-radius:10px;overflow:hidden;box-shadow:0 2px 8px rgb(0 0 0 / .06)}
    .tools button{border:0;border-bottom:1px solid var(--line);background:none;color:var(--soft);font:inherit;width:36px;height:34px;cursor:pointer;display:grid;place-items:center}
    .tools button:last-child{border:0}
    .tools button:hover{background:var(--hover);color:var(--ink)}
    .tools svg{width:16px;height:16px;fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
    .minimap{position:absolute;left:14px;top:14px;background:var(--sheet);border:1px solid var(--line);border-radius:8px;cursor:pointer;touch-action:none}
    .minimap .spot{fill:var(--soft)}
    .stage.far .body{fill-opacity:.62}
    .stage.far text,.stage.far .head{visibility:hidden}
    .stage.far .flow{vector-effect:non-scaling-stroke;stroke-width:1}
    .lens{fill:var(--accent);fill-opacity:.12;stroke:var(--accent);vector-effect:non-scaling-stroke;stroke-width:1.5}
    .legend{position:absolute;left:0;right:0;margin:0 auto;bottom:14px;width:fit-content;display:flex;flex-wrap:wrap;justify-content:center;gap:1px;max-width:calc(100% - 28px);background:var(--sheet);border:1px solid var(--line);border-radius:10px;padding:4px;box-shadow:0 2px 8px rgb(0 0 0 / .06)}
    .legend button{border:0;background:none;font:inherit;font-size:11.5px;line-height:1.3;color:var(--soft);padding:4px 7px;border-radius:7px;cursor:pointer;display:flex;align-items:center;gap:6px}
    .legend button:hover{background:var(--hover);color:var(--ink)}
    .legend button[aria-pressed=true]{background:var(--accent-soft);color:var(--ink)}
    .legend small{color:var(--faint)}
    """#
}
