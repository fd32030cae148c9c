extension PageScript {
  /// What is said of the operator or the tensor that is chosen.
  static let details = #"""
    page.uses = function (tensor) {
      const operators = page.graph().operators;
      const indices = [...operators.keys()];
      const producer = indices.find((index) => operators[index].outputs.includes(tensor));
      return {producer: producer === undefined ? null : producer,
        readers: indices.filter((index) => operators[index].inputs.includes(tensor))};
    };

    page.facts = function (pairs) {
      const list = page.make("dl", {class: "facts"});
      for (const [name, value] of pairs) {
        list.append(page.make("dt", {}, name), page.make("dd", {}, value));
      }
      return list;
    };

    page.operatorLink = function (index) {
      return page.make("a", {href: page.link({op: index})},
        index + " " + page.graph().operators[index].name);
    };

    page.tags = function (indices) {
      return page.make("div", {class: "tags"}, indices.map(page.operatorLink));
    };

    page.inGraph = function () {
      return page.place.view === "graph" ? null
        : page.make("a", {class: "back", href: page.link({view: "graph"})}, "Show in the graph");
    };

    page.operatorDetails = function (index) {
      const operator = page.graph().operators[index];
      const totals = page.graph();
      const parts = [
        page.make("h2", {}, operator.name),
        page.make("p", {class: "kind"}, page.make("span", {class: "dot " + operator.kind}),
          page.data.kinds[operator.kind] + ", operator " + index
            + (operator.version > 1 ? ", version " + operator.version : ""))
      ];
      if (operator.drawnIn !== null) {
        parts.push(page.make("p", {class: "small"}, "Unpacks weights; drawn as part of ",
          page.operatorLink(operator.drawnIn), "."));
      }
      const share = (name, value, text, all) => {
        if (!value) return [name, text];
        const part = 100 * value / all, width = part.toFixed(1) + "%";
        const bar = page.make("div", {class: "track"}, page.make("span", {style: "width:" + width}));
        return [name, page.make("span", {}, text + " \u00b7 " + (part < 0.05 ? "under 0.1%" : width), bar)];
      };
      parts.push(page.make("h3", {}, "Work"), page.facts([
        share("multiply-adds", operator.multiplyAdds, operator.multiplyAddsText, totals.multiplyAdds),
        share("parameters", operator.parameters, operator.parametersText, totals.parameters)
      ]));
      if (operator.options.length) {
        parts.push(page.make("h3", {}, "Options"), page.facts(operator.options));
      }
      parts.push(page.make("h3", {}, "Inputs"));
      operator.inputs.forEach((tensor, place) => parts.push(page.card(tensor, place)));
      if (!operator.inputs.length) parts.push(page.make("p", {class: "small"}, "none"));
      parts.push(page.make("h3", {}, "Outputs"));
      operator.outputs.forEach((tensor, place) => parts.push(page.card(tensor, place)));
      return parts;
    };

    page.tensorDetails = function (index) {
      const tensor = page.graph().tensors[index];
      const {producer, readers} = page.uses(index);
      const parts = [
        page.make("h2", {}, tensor.name || "tensor " + index),
        page.make("p", {class: "kind"}, "tensor " + index + (tensor.role ? ", " + tensor.role : "")),
        page.make("h3", {}, "Layout"),
        page.facts([["type", tensor.type], ["shape", tensor.shape],
          ["bytes", tensor.bytes], ["quantisation", tensor.quantisation || "none"]])
      ];
      if (tensor.statistics || tensor.values) {
        parts.push(page.make("h3", {}, "Numbers"), ...page.numbers(tensor));
      }
      if (producer !== null) {
        parts.push(page.make("h3", {}, "Computed by"), page.tags([producer]));
      }
      parts.push(page.make("h3", {}, "Read by"), readers.length ? page.tags(readers)
        : page.make("p", {class: "small"}, "no operator"));
      return parts;
    };

    page.showDetails = function () {
      const {op, tensor} = page.place;
      const details = document.getElementById("details");
      const panel = details.parentElement;
      details.hidden = op === null && tensor === null;
      if (details.hidden) return details.replaceChildren();
      const back = page.make("a", {class: "back", href: page.link({op: null})}, "\u2190 Overview");
      const line = page.make("div", {class: "head-line"}, back, page.inGraph());
      details.replaceChildren(line,
        ...(op !== null ? page.operatorDetails(op) : page.tensorDetails(tensor)));
      panel.scrollTop = 0;
    };
    """#

  /// A tensor in few lines, with its numbers where it is a constant.
  static let cards = #"""
    page.card = function (index, place) {
      if (index === null) {
        return page.make("div", {class: "card"}, page.make("div", {class: "head-line"},
          page.make("span", {class: "none"}, "left out"),
          page.make("span", {class: "place"}, String(place))));
      }
      const tensor = page.graph().tensors[index];
      const {producer} = page.uses(index);
      const card = page.make("div", {class: "card"},
        page.make("div", {class: "head-line"},
          page.make("a", {class: "tensor-name", href: page.link({tensor: index})},
            tensor.name || "tensor " + index),
          page.make("span", {class: "place"}, place + " \u00b7 tensor " + index)),
        page.make("div", {class: "shape"}, tensor.shape, page.make("em", {}, tensor.type)));
      if (tensor.role) card.append(page.make("div", {class: "small"}, tensor.role));
      if (tensor.quantisation) card.append(page.make("div", {class: "small"}, tensor.quantisation));
      if (producer !== null && producer !== page.place.op) {
        card.append(page.make("div", {class: "small"}, "from ", page.operatorLink(producer)));
        const source = page.graph().operators[producer];
        if (source.drawnIn !== null) {
          const packed = page.graph().tensors[source.inputs[0]];
          card.append(page.make("div", {class: "small"}, "stored as " + packed.type), ...page.numbers(packed));
        }
      }
      card.append(...page.numbers(tensor));
      return card;
    };

    page.numbers = function (tensor) {
      const parts = [];
      if (tensor.values) parts.push(page.make("div", {class: "small"}, tensor.values));
      const statistics = tensor.statistics;
      if (!statistics) return parts;
      const counts = statistics.histogram, most = Math.max(...counts);
      const picture = page.make("svg", {class: "histogram", viewBox: "0 0 320 46",
        preserveAspectRatio: "none", role: "img", "aria-label": "histogram of the numbers"});
      counts.forEach((count, bin) => {
        if (!count) return;
        const height = Math.max(44 * count / most, 1);
        picture.append(page.make("rect", {x: bin * 10 + 0.5, y: 46 - height, width: 9, height}));
      });
      if (statistics.zeroAt !== null) {
        const x = statistics.zeroAt * 320;
        picture.append(page.make("line", {class: "zero", x1: x, x2: x, y1: 0, y2: 46}));
      }
      const figure = (name, value) =>
        page.make("div", {}, page.make("span", {}, name), value);
      parts.push(picture,
        page.make("div", {class: "ends"}, page.make("span", {}, statistics.minimum),
          page.make("span", {}, statistics.maximum)),
        page.make("div", {class: "figures"}, figure("mean", statistics.mean),
          figure("deviation", statistics.deviation), figure("zeros", statistics.zeros)));
      if (statistics.note) parts.push(page.make("div", {class: "small"}, statistics.note));
      return parts;
    };
    """#
}
