import StanceGraph

/// A model's report as one page that fetches nothing: its graph drawn, its tables, its figures.
struct InspectionPage {
  let report: ModelReport
  private let drawings: [GraphDrawing?]
  private let figures: [[ConstantFigures?]]

  init(_ report: ModelReport) {
    self.report = report
    drawings = report.graphs.map { GraphDrawing($0.graph) }
    figures = ConstantFigures.of(report.graphs.map(\.graph))
  }

  /// The HTML file, which is well-formed XML too.
  var text: String {
    let data = PageData(report: report, drawings: drawings, numbers: figures)
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta http-equiv="Content-Security-Policy" content="\(policy)"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="generator" content="stance inspect"/>
      <title>\(Markup.escaped(report.fileName))</title>
      <style>
      \(PageStyle.text)
      </style>
      </head>
      <body>
      \(PageHeader(report: report).text)\
      <main>
      <div class="views">
      \(views)\
      </div>
      <aside aria-label="Details" aria-live="polite">
      \(overviews)\
      <div id="details" hidden="hidden"></div>
      </aside>
      </main>
      <script type="application/json" id="data">\(Markup.scriptSafe(data.json.compactText))</script>
      <script nonce="\(report.sha256)">//<![CDATA[
      \(PageScript.text)
      //]]></script>
      </body>
      </html>

      """
  }

  /// Nothing is fetched, and no script but the page's own runs: a file cannot hold its own digest,
  /// so that nothing it says can pass for that script.
  private var policy: String {
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-\(report.sha256)'; "
      + "base-uri 'none'; form-action 'none'"
  }

  private var views: String {
    var text = ""
    for (index, graph) in report.graphs.enumerated() {
      let tables = PageTables(report: graph, figures: figures[index], place: index)
      text += """
        <section class="view graph" data-view="graph" data-graph="\(index)" aria-label="Graph">
        \(PageStage(report: graph, drawing: drawings[index], place: index).text)\
        </section>
        <section class="view table" data-view="operators" data-graph="\(index)" \
        aria-label="Operators">
        \(tables.operators)
        </section>
        <section class="view table" data-view="tensors" data-graph="\(index)" aria-label="Tensors">
        \(tables.tensors)
        </section>

        """
    }
    return text + """
      <section class="view model" data-view="model" aria-label="Model">
      \(PageModel(report: report).text)</section>

      """
  }

  private var overviews: String {
    report.graphs.enumerated().map { index, graph in
      PageOverview(
        report: graph, place: index, arenaByteCount: index == 0 ? report.arenaByteCount : nil
      ).text
    }.joined()
  }
}

extension ModelReport {
  /// The file's name without its folders, which are nobody else's business.
  var fileName: String {
    printable(path.split(separator: "/").last.map(String.init) ?? path)
  }
}
