extension PageScript {
  /// The small drawing beside the large one, the keys, what is marked, and the legend.
  static let minimap = #"""
    page.addMinimap = function (camera) {
      const {stage, size} = camera;
      const map = stage.parentElement.querySelector(".minimap");
      const lens = map.querySelector(".lens");
      for (const box of stage.querySelectorAll(".box")) {
        const {e, f} = box.transform.baseVal.getItem(0).matrix;
        const kind = [...box.classList].find((name) => name.startsWith("k-")) || "";
        const {width, height} = box.querySelector(".body").getBBox();
        lens.before(page.make("rect", {class: "spot " + kind, x: e, y: f, width, height}));
      }
      camera.changed = function () {
        const room = Math.max(stage.clientHeight - 90, 80);
        const scale = Math.min(room / size.height, 110 / size.width);
        const sees = (length, from, all) => from <= 0 && from + length >= all;
        const width = stage.clientWidth / camera.scale, height = stage.clientHeight / camera.scale;
        const [x, y] = [-camera.x / camera.scale, -camera.y / camera.scale];
        map.style.display = stage.clientWidth < 520
          || sees(width, x, size.width) && sees(height, y, size.height) ? "none" : "";
        const pad = 5 / scale;
        map.setAttribute("width", size.width * scale + 10);
        map.setAttribute("height", size.height * scale + 10);
        map.setAttribute("viewBox", [-pad, -pad, size.width + 2 * pad, size.height + 2 * pad].join(" "));
        const left = Math.max(x, -pad), top = Math.max(y, -pad);
        lens.setAttribute("x", left);
        lens.setAttribute("y", top);
        lens.setAttribute("width", Math.max(Math.min(x + width, size.width + pad) - left, 0));
        lens.setAttribute("height", Math.max(Math.min(y + height, size.height + pad) - top, 0));
      };
      const goTo = (event) => {
        const frame = map.getBoundingClientRect();
        const view = map.viewBox.baseVal;
        const x = view.x + (event.clientX - frame.left) / frame.width * view.width;
        const y = view.y + (event.clientY - frame.top) / frame.height * view.height;
        camera.move(stage.clientWidth / 2 - x * camera.scale - camera.x,
          stage.clientHeight / 2 - y * camera.scale - camera.y);
      };
      map.addEventListener("pointerdown", (event) => {
        map.setPointerCapture(event.pointerId);
        goTo(event);
      });
      map.addEventListener("pointermove", (event) => { if (event.buttons) goTo(event); });
    };

    page.pressed = function (event, camera) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const steps = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};
      const step = steps[event.key];
      const acts = {"+": () => camera.zoom(1.3), "=": () => camera.zoom(1.3),
        "-": () => camera.zoom(1 / 1.3), "0": () => camera.fit(),
        "1": () => camera.zoom(1 / camera.scale)};
      if (step && event.shiftKey) camera.move(-80 * step[0], -80 * step[1]);
      else if (step) page.walk(camera.stage, ...step);
      else if (acts[event.key]) acts[event.key]();
      else return;
      event.preventDefault();
    };

    /* The arrow keys lead along the arrows, and from side to side. */
    page.walk = function (stage, dx, dy) {
      const boxes = [...stage.querySelectorAll(".box")];
      const at = (box) => box.transform.baseVal.getItem(0).matrix;
      const current = stage.querySelector(".box.marked");
      if (!current) return page.go(page.selection(boxes[0]));
      const here = at(current), name = current.id.replace(/^g\d+-/, "");
      let candidates;
      if (dy) {
        const [mine, other] = dy > 0 ? ["from", "to"] : ["to", "from"];
        candidates = [...stage.querySelectorAll(".flow")]
          .filter((flow) => flow.dataset[mine] === name)
          .map((flow) => document.getElementById("g" + page.place.graph + "-" + flow.dataset[other]));
      } else {
        candidates = boxes.filter((box) => Math.abs(at(box).f - here.f) < 40
          && (at(box).e - here.e) * dx > 0);
      }
      const distance = (box) => Math.abs(at(box).e - here.e) + Math.abs(at(box).f - here.f);
      candidates.sort((a, b) => distance(a) - distance(b));
      if (candidates.length) page.go(page.selection(candidates[0]));
    };

    page.markBoxes = function (before) {
      for (const element of document.querySelectorAll(".box.marked, .flow.near")) {
        element.classList.remove("marked", "near");
      }
      const {op, tensor, graph, view} = page.place;
      const camera = view === "graph" ? page.camera() : null;
      let boxes = [];
      if (op !== null) boxes = [page.box(op)];
      if (tensor !== null) {
        const ends = (list, kind) => list.map((id, place) => id === tensor
          ? document.getElementById("g" + graph + "-" + kind + "-" + place) : null);
        const {producer, readers} = page.uses(tensor);
        boxes = [...ends(page.graph().inputs, "in"), ...ends(page.graph().outputs, "out"),
          producer === null ? null : page.box(producer)];
        if (!boxes.some(Boolean)) boxes = readers.map(page.box);
      }
      boxes = boxes.filter(Boolean);
      for (const box of boxes) {
        box.classList.add("marked");
        const name = box.id.replace(/^g\d+-/, "");
        const flows = box.ownerSVGElement.querySelectorAll(
          '.flow[data-from="' + name + '"], .flow[data-to="' + name + '"]');
        for (const flow of flows) flow.classList.add("near");
      }
      if (camera && boxes.length) camera.reveal(boxes[0], before.view !== view && before.view);
    };

    /* A kind of the legend alone. */
    page.filter = function (stage) {
      const scene = stage.querySelector(".scene");
      const buttons = [...stage.parentElement.querySelectorAll(".legend button")];
      for (const button of buttons) button.addEventListener("click", () => {
        const only = scene.dataset.only === button.dataset.kind ? null : button.dataset.kind;
        if (only) scene.dataset.only = only;
        else delete scene.dataset.only;
        for (const other of buttons) other.setAttribute("aria-pressed", other.dataset.kind === only);
      });
    };
    """#
}
