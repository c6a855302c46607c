// Saves steps, never needed: tabs for code samples, buttons that copy code, maps that can be moved.

function copyButton(pre) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = pre.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(pre.querySelector("code").textContent);
    button.textContent = pre.dataset.copied;
    setTimeout(() => { button.textContent = pre.dataset.copy; }, 2000);
  });
  const frame = document.createElement("div");
  frame.className = "code-frame";
  pre.replaceWith(frame);
  frame.append(pre, button);
}

function tabs(box) {
  const panels = [...box.querySelectorAll(":scope > section")];
  if (panels.length < 2) return;
  const list = document.createElement("div");
  list.className = "tabs";
  list.setAttribute("role", "tablist");
  const show = (chosen, focus) => panels.forEach((panel, place) => {
    panel.hidden = place !== chosen;
    const tab = list.children[place];
    tab.setAttribute("aria-selected", String(place === chosen));
    tab.tabIndex = place === chosen ? 0 : -1;
    if (place === chosen && focus) tab.focus();
  });
  panels.forEach((panel, place) => {
    const title = panel.querySelector(".snippet-title");
    const tab = document.createElement("button");
    tab.type = "button";
    tab.className = "tab";
    tab.id = `${panel.id}-tab`;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel.id);
    tab.textContent = title.textContent;
    title.hidden = true;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    tab.addEventListener("click", () => show(place, false));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) show((place + step + panels.length) % panels.length, true);
    });
    list.append(tab);
  });
  box.prepend(list);
  show(0, false);
}

// A map that can be moved: Leaflet is loaded when the reader asks for it, tiles only where the site has an address of them.
function mapButton(figure) {
  figure.append(mapOpener(figure.dataset.open, "live-map", figure.dataset, (map, outline, { shapes }) => drawShapes(map, figure, shapes)));
}

function mapOpener(words, className, about, draw) {
  const button = Object.assign(document.createElement("button"), {
    type: "button", className: "govuk-button govuk-button--secondary map-button", textContent: words,
  });
  button.addEventListener("click", async () => {
    button.disabled = true;
    const [outline, found] = await Promise.all([
      json(about.outline), about.map && json(about.map),
      loaded("script", { src: about.script }), loaded("link", { rel: "stylesheet", href: about.style }),
    ]);
    const box = Object.assign(document.createElement("div"), { className });
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", words);
    button.replaceWith(box);
    draw(emptyMap(box, about, outline), outline, found);
  });
  return button;
}

async function json(address) {
  return (await fetch(address)).json();
}

// Completions while typing; the list belongs to the field, and the form works without it.
function suggest(field, place) {
  const list = document.createElement("datalist");
  list.id = `suggestions-${place}`;
  field.after(list);
  field.setAttribute("list", list.id);
  field.autocomplete = "off";
  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const typed = field.value;
      const answer = await fetch(`${field.dataset.suggest}&q=${encodeURIComponent(typed.slice(0, 256))}`);
      if (!answer.ok || field.value !== typed) return;
      const { suggestions } = await answer.json();
      list.replaceChildren(...suggestions.map((words) => Object.assign(document.createElement("option"), { value: words })));
    }, 150);
  });
}

// A page that waits for something looks for it by itself: what is live is renewed, the whole page once the waiting is over.
function lookAgain(live) {
  let typed = false;
  document.addEventListener("input", () => { typed = true; });
  setInterval(async () => {
    const answer = await fetch(location.href);
    if (!answer.ok || typed) return;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
    if (!found) location.reload();
    else if (found.textContent !== live.textContent) {
      live.replaceWith(found);
      live = found;
    }
  }, 10_000);
}

function loaded(tag, attributes) {
  return new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement(tag), attributes, { onload: resolve, onerror: reject });
    document.head.append(element);
  });
}

function drawShapes(map, figure, shapes) {
  const { rows, row } = figure.dataset;
  const [west, south, east, north] = shapes.bbox;
  const step = (Math.max(east - west, north - south) || 0.01) / 1000;
  for (const stroke of shapes.lines.split("M").slice(1)) {
    let [x, y] = [0, 0];
    const corners = stroke.replace("z", "").split("l").map((pair) => {
      const [ahead, down] = pair.split(",").map(Number);
      [x, y] = [x + ahead, y + down];
      return [north - y * step, west + x * step];
    });
    (stroke.endsWith("z") ? L.polygon : L.polyline)(corners, { color: "#0b4f5c", weight: 2 }).addTo(map);
  }
  for (const [x, y, number] of shapes.points) {
    const link = document.createElement("a");
    link.href = `${rows}?page=${Math.floor(number / 100) + 1}#row-${number + 1}`;
    link.textContent = `${row} ${number + 1}`;
    L.circleMarker([y, x], { radius: 6, color: "#0b4f5c", weight: 2, fillOpacity: 0.4 }).bindPopup(link).addTo(map);
  }
  map.fitBounds([[south, west], [north, east]], { maxZoom: 12, padding: [20, 20] });
}

// A box chosen on a map: what the map shows goes into the four fields, which work without it.
function boxButton(fields) {
  fields.after(mapOpener(fields.dataset.box, "live-map box-map", fields.dataset, (map, outline) => {
    const [west, south, east, north] = ["west", "south", "east", "north"].map((name) => document.getElementById(name));
    const given = [west, south, east, north].map((field) => Number.parseFloat(field.value));
    const [left, low, right, high] = given.some(Number.isNaN) ? outline.bbox : given;
    map.fitBounds([[low, left], [high, right]]);
    map.on("moveend", () => {
      const shown = map.getBounds();
      const within = (value, most) => String(Math.round(Math.max(-most, Math.min(most, value)) * 1000) / 1000);
      west.value = within(shown.getWest(), 180);
      south.value = within(shown.getSouth(), 90);
      east.value = within(shown.getEast(), 180);
      north.value = within(shown.getNorth(), 90);
    });
  }));
}

function emptyMap(box, { tiles, closer, farther }, outline) {
  const map = L.map(box, { zoomControl: false, ...(tiles ? {} : { crs: L.CRS.EPSG4326 }) });
  L.control.zoom({ zoomInTitle: closer, zoomOutTitle: farther }).addTo(map);
  map.attributionControl.setPrefix(false);
  const [west, south, east, north] = outline.bbox;
  if (tiles) L.tileLayer(tiles).addTo(map);
  else L.svgOverlay(land(outline), [[south, west], [north, east]]).addTo(map);
  return map;
}

function land(outline) {
  const [west, south, east, north] = outline.bbox;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `${west} ${-north} ${east - west} ${north - south}`);
  svg.setAttribute("preserveAspectRatio", "none");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("class", "map-land");
  path.setAttribute("d", outline.path);
  svg.append(path);
  return svg;
}

document.querySelectorAll("[data-map]").forEach(mapButton);
document.querySelectorAll("[data-box]").forEach(boxButton);
[...document.querySelectorAll("[data-live]")].slice(0, 1).forEach(lookAgain);
document.querySelectorAll("form.search").forEach((form) => form.addEventListener("submit", () => {
  for (const field of form.querySelectorAll(".limit input")) field.disabled = !field.value;  // short addresses
}));
document.querySelectorAll("[data-tabs]").forEach(tabs);
document.querySelectorAll("[data-suggest]").forEach(suggest);
if (navigator.clipboard) document.querySelectorAll("pre[data-copy]").forEach(copyButton);

// On narrow screens the filters begin folded.
const filters = document.querySelector(".filters");
if (filters && matchMedia("(max-width: 48rem)").matches) filters.open = false;
