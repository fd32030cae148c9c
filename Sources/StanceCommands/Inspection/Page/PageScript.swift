/// What makes the page answer. Each part is a function of its own; they share `page`.
///
/// What a model's file says reaches the document as text alone (`textContent`), never as markup.
enum PageScript {
  static var text: String {
    "\"use strict\";\n"
      + [state, canvas, minimap, details, cards, tables, search, start]
      .joined(separator: "\n")
  }

  /// What is looked at lies in the address, so that it can be linked to and gone back to:
  /// `#op=12`, `#tensor=5`, `#view=operators`, `#graph=1&op=3`.
  private static let state = #"""
    const page = {data: JSON.parse(document.getElementById("data").textContent), place: {}};
    document.documentElement.classList.add("js");

    page.parse = function (hash) {
      const query = new URLSearchParams(hash.replace(/^#/, ""));
      const number = (name, count) => {
        const value = query.get(name);
        return /^\d+$/.test(value || "") && Number(value) < count ? Number(value) : null;
      };
      const graph = number("graph", page.data.graphs.length) || 0;
      const views = ["graph", "operators", "tensors", "model"];
      return {
        graph,
        view: views.includes(query.get("view")) ? query.get("view") : "graph",
        op: number("op", page.data.graphs[graph].operators.length),
        tensor: number("tensor", page.data.graphs[graph].tensors.length)
      };
    };

    /* The address of a place: where we are, but for what is given. */
    page.link = function (change) {
      const place = Object.assign({}, page.place, change);
      if ("op" in change) place.tensor = null;
      if ("tensor" in change) place.op = null;
      if ("graph" in change && change.graph !== page.place.graph) {
        if (!("op" in change)) place.op = null;
        if (!("tensor" in change)) place.tensor = null;
      }
      const parts = [];
      if (place.graph) parts.push("graph=" + place.graph);
      if (place.view !== "graph") parts.push("view=" + place.view);
      if (place.op !== null) parts.push("op=" + place.op);
      if (place.tensor !== null) parts.push("tensor=" + place.tensor);
      return "#" + parts.join("&");
    };

    page.go = function (change) { location.hash = page.link(change); };
    page.graph = () => page.data.graphs[page.place.graph];

    /* An element with text and children; `attributes` may hold `class`, `href` and the like. */
    page.make = function (name, attributes, ...children) {
      const inSVG = ["svg", "rect", "line"].includes(name);
      const element = inSVG ? document.createElementNS("http://www.w3.org/2000/svg", name)
        : document.createElement(name);
      for (const [key, value] of Object.entries(attributes || {})) element.setAttribute(key, value);
      for (const child of children.flat()) if (child !== null) element.append(child);
      return element;
    };

    /* The box that shows an operator: its own, or that of the operator it unpacks weights for. */
    page.box = function (op) {
      const user = page.graph().operators[op].drawnIn;
      return document.getElementById("g" + page.place.graph + "-op-" + (user === null ? op : user));
    };

    page.show = function () {
      const before = page.place;
      const place = page.place = page.parse(location.hash);
      for (const view of document.querySelectorAll(".view")) {
        const ofGraph = view.dataset.graph === undefined || Number(view.dataset.graph) === place.graph;
        view.hidden = view.dataset.view !== place.view || !ofGraph;
      }
      for (const link of document.querySelectorAll("nav a")) {
        const isCurrent = link.dataset.view === place.view;
        if (isCurrent) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
        link.href = page.link({view: link.dataset.view});
        const count = link.querySelector("span");
        if (count) count.textContent = page.graph()[link.dataset.view].length;
      }
      for (const overview of document.querySelectorAll(".overview")) {
        overview.hidden = Number(overview.dataset.graph) !== place.graph
          || place.op !== null || place.tensor !== null;
      }
      const picker = document.getElementById("graph-picker");
      if (picker) picker.value = place.graph;
      page.showDetails();
      page.markRow(before);
      page.markBoxes(before);
    };
    """#

  private static let start = #"""
    (function () {
      const picker = document.getElementById("graph-picker");
      if (picker) picker.addEventListener("change", () => page.go({graph: Number(picker.value)}));
      window.addEventListener("hashchange", page.show);
      page.place = page.parse(location.hash);
      page.show();
      document.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
        if (event.key === "/" && !isTyping) {
          event.preventDefault();
          document.getElementById("search").focus();
        } else if (event.key === "Escape" && !isTyping) {
          page.go({op: null, tensor: null});
        }
      });
    })();
    """#
}
