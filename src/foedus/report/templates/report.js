"use strict";
(function () {
  var held = JSON.parse(document.getElementById("chart-specs").textContent);
  var views = [];
  var chosen = {};
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function themed(name) {
    var style = getComputedStyle(document.documentElement);
    var text = JSON.stringify(held.charts[name]);
    Object.keys(held.colours).forEach(function (colour) {
      text = text.split('"' + colour + '"').join(JSON.stringify(style.getPropertyValue(held.colours[colour]).trim()));
    });
    return unpacked(JSON.parse(text));
  }

  function unpacked(spec) {
    Object.keys(spec.datasets).forEach(function (name) {
      var table = spec.datasets[name];
      if (!table.columns) { return; }
      spec.datasets[name] = table.rows.map(function (row) {
        var out = {};
        row.forEach(function (value, at) { out[table.columns[at]] = value; });
        return out;
      });
    });
    return spec;
  }

  function fitColumns(spec, fit, room) {
    var needed = fit.widths.reduce(function (a, b) { return a + b; }, 0) + 200;
    var narrow = room < needed;
    spec.columns = narrow ? 1 : fit.widths.length;
    spec.concat.forEach(function (panel, at) {
      panel.width = narrow ? Math.max(170, Math.min(fit.panel, room - 150)) : fit.widths[at];
    });
    if (narrow && room < 560) {
      spec.concat.forEach(function (panel) {
        (panel.layer || []).forEach(function (layer) {
          Object.keys(layer.encoding || {}).forEach(function (channel) {
            var legend = layer.encoding[channel].legend;
            if (legend) { legend.columns = 1; legend.direction = "vertical"; }
          });
        });
      });
    }
  }

  function fitMap(spec, fit, room) {
    var box = fit.window, width = Math.min(fit.max, room - 4), scale = width / (box[2] - box[0]);
    spec.width = width;
    spec.height = Math.round(width * (box[3] - box[1]) / (box[2] - box[0]));
    spec.projection.scale = scale;
    spec.projection.translate = [-box[0] * scale, box[3] * scale];
  }

  function fitFacet(spec, fit, whole) {
    var room = whole - (fit.label || 0);
    var columns = Math.max(1, Math.min(fit.max, spec.columns || fit.max, Math.floor((room - 40) / fit.panel)));
    spec.columns = columns;
    spec.spec.width = Math.max(120, Math.min(260, Math.floor((room - 70) / columns) - 22));
  }

  function fitted(spec, room) {
    var fit = (spec.usermeta || {}).fit || {};
    if (fit.kind === "columns") { fitColumns(spec, fit, room); }
    if (fit.kind === "map") { fitMap(spec, fit, room); }
    if (fit.kind === "facet") { fitFacet(spec, fit, room); }
    if (fit.kind === "width") { spec.width = Math.max(140, Math.min(fit.max, room - (fit.label || 110))); }
    delete spec.usermeta;
    return spec;
  }

  function wrapTitle(spec, room) {
    var most = Math.floor(room / 7.8);
    if (typeof spec.title.text === "string") { spec.title.text = lines(spec.title.text, most); }
    if (typeof spec.title.subtitle === "string") { spec.title.subtitle = lines(spec.title.subtitle, Math.floor(room / 6.6)); }
    return spec;
  }

  function lines(text, most) {
    var out = [""];
    text.split(" ").forEach(function (word) {
      var last = out[out.length - 1];
      if (last && (last + " " + word).length > most) { out.push(word); } else { out[out.length - 1] = last ? last + " " + word : word; }
    });
    return out;
  }

  function draw(figure) {
    var name = figure.dataset.chart, still = figure.querySelector(".still"), live = figure.querySelector(".live");
    var room = figure.clientWidth - parseFloat(getComputedStyle(figure).paddingLeft) * 2;
    var spec = wrapTitle(fitted(themed(name), room), room);
    (spec.params || []).forEach(function (param) {
      if (chosen[param.name] !== undefined) { param.value = chosen[param.name]; }
    });
    live.hidden = false;
    var options = {
      renderer: "svg", ast: true, mode: "vega-lite",
      actions: { export: true, source: false, compiled: false, editor: false },
      downloadFileName: "foedus-" + name
    };
    return window.drawChart(live, spec, options).then(function (result) {
      views.push({ view: result.view, finalize: result.finalize });
      still.hidden = true;
      figure.dataset.drawn = "yes";
    }).catch(function (error) {
      live.hidden = true;
      still.hidden = false;
      console.error("chart " + name + ": " + error);
    });
  }

  function drawAll() {
    views.splice(0).forEach(function (v) { v.finalize(); });
    var figures = Array.from(document.querySelectorAll("figure[data-chart]"));
    return figures.reduce(function (before, figure) {
      return before.then(function () { return draw(figure); });
    }, Promise.resolve());
  }

  function signal(name, value) {
    chosen[name] = value;
    views.forEach(function (v) {
      try { v.view.signal(name, value).runAsync(); } catch (missing) { return; }
    });
  }

  function sortBy(table, column, button) {
    var head = button.closest("th"), up = head.getAttribute("aria-sort") === "descending";
    table.querySelectorAll("thead th").forEach(function (th) { th.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    var body = table.tBodies[0];
    var rows = Array.from(body.rows).map(function (row) {
      var cell = row.cells[column];
      return { row: row, value: column ? parseFloat(cell.dataset.sort) : cell.textContent.trim() };
    });
    rows.sort(function (a, b) {
      if (column === 0) { return up ? b.value.localeCompare(a.value) : a.value.localeCompare(b.value); }
      if (isNaN(a.value) || isNaN(b.value)) { return isNaN(a.value) - isNaN(b.value); }
      return up ? a.value - b.value : b.value - a.value;
    });
    rows.forEach(function (r) { body.appendChild(r.row); });
  }

  function makeSortable(table) {
    Array.from(table.tHead.rows[0].cells).forEach(function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.addEventListener("click", function () { sortBy(table, column, button); });
    });
  }

  function showTable(id) {
    document.querySelectorAll(".ally-table").forEach(function (t) { t.style.display = t.id === id ? "" : "none"; });
  }

  document.querySelectorAll(".control").forEach(function (c) { c.hidden = false; });
  document.querySelectorAll("select[data-signal]").forEach(function (select) {
    chosen[select.dataset.signal] = select.value;
    select.addEventListener("change", function () { signal(select.dataset.signal, select.value); });
  });
  document.querySelectorAll("table.sortable").forEach(makeSortable);
  var picker = document.getElementById("pick-table");
  if (picker) {
    showTable(picker.value);
    picker.addEventListener("change", function () { showTable(picker.value); });
  }
  var width = window.innerWidth, timer = 0;
  window.addEventListener("resize", function () {
    if (Math.abs(window.innerWidth - width) < 24) { return; }
    width = window.innerWidth;
    clearTimeout(timer);
    timer = setTimeout(drawAll, 250);
  });
  dark.addEventListener("change", drawAll);
  drawAll().then(function () { document.documentElement.dataset.charts = "ready"; });
})();
