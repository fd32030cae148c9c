extension PageScript {
  /// Tables that sort by the column whose header is pressed, first with the largest numbers.
  static let tables = #"""
    (function () {
      const key = (row, column) => {
        const cell = row.cells[column];
        return cell.dataset.v === undefined ? cell.textContent : cell.dataset.v;
      };
      for (const table of document.querySelectorAll("table")) {
        const body = table.tBodies[0];
        const headers = [...table.tHead.rows[0].cells];
        const original = [...body.rows];
        headers.forEach((header, column) => header.firstElementChild.addEventListener("click", () => {
          const isNumber = header.classList.contains("n");
          const before = header.getAttribute("aria-sort");
          const first = isNumber && column > 0 ? "descending" : "ascending";
          const order = before === null ? first : before === "ascending" ? "descending" : "ascending";
          for (const other of headers) other.removeAttribute("aria-sort");
          header.setAttribute("aria-sort", order);
          const sign = order === "ascending" ? 1 : -1;
          const compare = (a, b) => {
            const [left, right] = [key(a, column), key(b, column)];
            /* What is not known stands last, whatever the order. */
            if (left === "" || right === "") return (left === "") - (right === "");
            return sign * (isNumber ? Number(left) - Number(right)
              : left.localeCompare(right, "en", {numeric: true}));
          };
          body.append(...original.slice().sort(compare));
        }));
        body.addEventListener("click", (event) => {
          const row = event.target.closest("tr");
          if (!row || event.target.closest("a") || String(getSelection())) return;
          page.go({[row.dataset.what]: Number(row.dataset.index)});
        });
      }
    })();

    page.markRow = function () {
      for (const row of document.querySelectorAll("tr.marked")) row.classList.remove("marked");
      const {graph, op, tensor, view} = page.place;
      const marked = [["operators", "op", op], ["tensors", "tensor", tensor]];
      for (const [name, what, index] of marked) {
        if (index === null) continue;
        const row = document.querySelector('.view[data-view="' + name + '"][data-graph="' + graph
          + '"] tr[data-index="' + index + '"]');
        if (!row) continue;
        row.classList.add("marked");
        if (view === name) row.scrollIntoView({block: "nearest"});
      }
    };
    """#

  /// The box that finds operators and tensors by name, number, shape or type.
  static let search = #"""
    (function () {
      const input = document.getElementById("search");
      const list = document.getElementById("found");
      let hits = [], chosen = 0;

      const find = (text) => {
        const words = text.toLowerCase().split(/\s+/).filter(Boolean);
        const graph = page.graph();
        const hit = (what, index, name, more) => {
          const hay = (index + " " + what + " " + name + " " + more).toLowerCase();
          return words.every((word) => hay.includes(word)) ? {what, index, name, more} : null;
        };
        const operators = graph.operators.map((operator, index) =>
          hit("op", index, operator.name, operator.results));
        const tensors = graph.tensors.map((tensor, index) =>
          hit("tensor", index, tensor.name, tensor.shape + " " + tensor.type));
        const exact = (found) => found && words.length === 1 && String(found.index) === words[0];
        const all = [...operators, ...tensors].filter(Boolean);
        return [...all.filter(exact), ...all.filter((found) => !exact(found))].slice(0, 60);
      };

      const choose = (place) => {
        chosen = Math.min(Math.max(place, 0), hits.length - 1);
        [...list.children].forEach((entry, index) => {
          entry.setAttribute("aria-selected", index === chosen);
          if (index === chosen) {
            entry.scrollIntoView({block: "nearest"});
            input.setAttribute("aria-activedescendant", entry.id);
          }
        });
      };

      const close = () => {
        list.hidden = true;
        input.setAttribute("aria-expanded", "false");
        input.removeAttribute("aria-activedescendant");
      };

      const open = (place) => {
        const hit = hits[place];
        if (!hit) return;
        close();
        input.blur();
        page.go({[hit.what]: hit.index});
      };

      const update = () => {
        const text = input.value.trim();
        if (!text) return close();
        hits = find(text);
        list.replaceChildren(...hits.map((hit, index) => {
          const isOperator = hit.what === "op";
          const entry = page.make("li", {role: "option", id: "hit-" + index},
            page.make("span", {class: "place"}, (isOperator ? "operator " : "tensor ") + hit.index),
            page.make("b", {}, hit.name), page.make("i", {}, hit.more));
          entry.addEventListener("pointerdown", (event) => { event.preventDefault(); open(index); });
          return entry;
        }));
        if (!hits.length) list.append(page.make("li", {class: "none"}, "nothing of that name"));
        list.hidden = false;
        input.setAttribute("aria-expanded", "true");
        choose(0);
      };

      input.addEventListener("input", update);
      input.addEventListener("focus", update);
      input.addEventListener("blur", close);
      input.addEventListener("keydown", (event) => {
        if (event.key === "ArrowDown") choose(chosen + 1);
        else if (event.key === "ArrowUp") choose(chosen - 1);
        else if (event.key === "Enter") open(chosen);
        else if (event.key === "Escape") { input.value = ""; input.blur(); }
        else return;
        event.preventDefault();
      });
    })();
    """#
}
