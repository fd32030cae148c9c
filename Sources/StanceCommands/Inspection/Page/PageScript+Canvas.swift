extension PageScript {
  /// Moving and enlarging the drawing, by pointer, wheel and keys.
  static let canvas = #"""
    page.cameras = new Map();

    page.camera = function () {
      const stage = document.querySelector('.stage[data-graph="' + page.place.graph + '"]');
      if (!stage || !stage.clientWidth) return null;
      let camera = page.cameras.get(stage);
      if (!camera) {
        camera = page.newCamera(stage);
        page.cameras.set(stage, camera);
      }
      return camera;
    };

    page.newCamera = function (stage) {
      const scene = stage.querySelector(".camera");
      const size = {width: Number(stage.dataset.width), height: Number(stage.dataset.height)};
      const camera = {stage, size, x: 0, y: 0, scale: 1, changed() {}};
      camera.apply = function () {
        scene.setAttribute("transform",
          "translate(" + camera.x + " " + camera.y + ") scale(" + camera.scale + ")");
        stage.classList.toggle("far", camera.scale < 0.3);
        camera.changed();
      };
      camera.move = function (dx, dy) {
        const keep = 60;
        const span = (length) => length * camera.scale;
        camera.x = Math.min(Math.max(camera.x + dx, keep - span(size.width)), stage.clientWidth - keep);
        camera.y = Math.min(Math.max(camera.y + dy, keep - span(size.height)), stage.clientHeight - keep);
        camera.apply();
      };
      camera.zoom = function (factor, x = stage.clientWidth / 2, y = stage.clientHeight / 2) {
        const scale = Math.min(Math.max(camera.scale * factor, camera.whole() / 2, 0.01), 4);
        camera.x = x - (x - camera.x) * scale / camera.scale;
        camera.y = y - (y - camera.y) * scale / camera.scale;
        camera.scale = scale;
        camera.move(0, 0);
      };
      camera.whole = () => Math.min(
        (stage.clientWidth - 150) / size.width, (stage.clientHeight - 90) / size.height, 1.4);
      camera.fit = function () {
        camera.scale = camera.whole();
        camera.x = (stage.clientWidth - size.width * camera.scale) / 2;
        camera.y = Math.max((stage.clientHeight - 50 - size.height * camera.scale) / 2, 26);
        camera.apply();
      };
      camera.reveal = function (box, always) {
        const place = box.transform.baseVal.getItem(0).matrix;
        const x = camera.x + (place.e + 106) * camera.scale;
        const y = camera.y + (place.f + 22) * camera.scale;
        const inside = x > 120 && x < stage.clientWidth - 120 && y > 40 && y < stage.clientHeight - 80;
        if (inside && camera.scale > 0.35 && !always) return;
        if (camera.scale < 0.6) camera.scale = 1;
        camera.x = stage.clientWidth / 2 - (place.e + 106) * camera.scale;
        camera.y = stage.clientHeight / 2 - (place.f + 22) * camera.scale;
        camera.apply();
      };
      page.listen(camera);
      page.addMinimap(camera);
      camera.fit();
      /* A long network begins at its top, large enough to be read. */
      const first = stage.querySelector(".box");
      if (camera.scale < 0.7 && first) {
        const {e, f} = first.transform.baseVal.getItem(0).matrix;
        camera.scale = 1;
        camera.x = stage.clientWidth / 2 - (e + 106);
        camera.y = 26 - f;
        camera.apply();
      }
      return camera;
    };

    page.listen = function (camera) {
      const stage = camera.stage;
      let from = null, moved = 0;
      stage.addEventListener("wheel", (event) => {
        event.preventDefault();
        const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1;
        if (event.shiftKey) return camera.move(-event.deltaX * unit, -event.deltaY * unit);
        const frame = stage.getBoundingClientRect();
        camera.zoom(Math.exp(-event.deltaY * unit * 0.0016),
          event.clientX - frame.left, event.clientY - frame.top);
      }, {passive: false});
      stage.addEventListener("pointerdown", (event) => {
        if (event.button !== 0) return;
        from = {x: event.clientX, y: event.clientY};
        moved = 0;
      });
      stage.addEventListener("pointermove", (event) => {
        if (!from) return;
        const dx = event.clientX - from.x, dy = event.clientY - from.y;
        moved += Math.abs(dx) + Math.abs(dy);
        if (moved < 4) return;
        if (!stage.hasPointerCapture(event.pointerId)) stage.setPointerCapture(event.pointerId);
        stage.classList.add("dragging");
        from = {x: event.clientX, y: event.clientY};
        camera.move(dx, dy);
      });
      for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, () => {
        from = null;
        stage.classList.remove("dragging");
      });
      stage.addEventListener("click", (event) => {
        if (moved >= 4) return;
        const box = event.target.closest(".box");
        page.go(box ? page.selection(box) : {op: null, tensor: null});
      });
      stage.addEventListener("keydown", (event) => page.pressed(event, camera));
      let width = stage.clientWidth;
      new ResizeObserver(() => {
        if (!stage.clientWidth) return;
        /* What was in the middle stays there. */
        const change = (stage.clientWidth - width) / 2;
        width = stage.clientWidth;
        camera.move(change, 0);
        const marked = stage.querySelector(".box.marked");
        if (change && marked) camera.reveal(marked);
      }).observe(stage);
      for (const button of stage.parentElement.querySelectorAll(".tools button")) {
        const act = {in: () => camera.zoom(1.3), out: () => camera.zoom(1 / 1.3),
          fit: () => camera.fit(), actual: () => camera.zoom(1 / camera.scale)};
        button.addEventListener("click", act[button.dataset.act]);
      }
      page.filter(stage);
    };

    /* An operator, or the tensor that comes in or goes out there. */
    page.selection = function (box) {
      const [kind, number] = box.id.split("-").slice(1);
      if (kind === "op") return {op: Number(number)};
      const ends = kind === "in" ? page.graph().inputs : page.graph().outputs;
      return {tensor: ends[Number(number)]};
    };
    """#
}
