// Draws the places of a search's results on a map. The list is the real result: without this file, or
// without JavaScript, nothing is missing from it. No pictures are fetched from anywhere; what is drawn
// beside the markers are the middles of local authority areas, which the page itself holds.

const drawn = document.querySelector("[data-map]");
const found = [...document.querySelectorAll("[data-latitude]")];

if (drawn && found.length) {
  await import(drawn.dataset.leaflet);
  draw(globalThis.L, drawn, found);
}

function draw(L, holder, found) {
  holder.closest("[hidden]").hidden = false;
  const map = L.map(holder, { attributionControl: false, minZoom: 5, maxZoom: 15, zoomSnap: 0.5 });
  const places = found.map((item) => L.latLng(item.dataset.latitude, item.dataset.longitude));
  const room = { paddingTopLeft: [60, 40], paddingBottomRight: [40, 40] };
  map.fitBounds(L.latLngBounds(places), { ...room, maxZoom: 11 });
  drawGrid(L, map);
  drawAreas(L, map, JSON.parse(holder.dataset.areas));
  drawMarkers(L, map, found, places, room);
  found.forEach(number);
}

// A line every whole degree, so that distances can be judged where nothing else is drawn.
function drawGrid(L, map) {
  const line = { color: "#b1b4b6", weight: 1, interactive: false };
  for (let north = 49; north <= 56; north += 1) {
    L.polyline([[north, -7], [north, 3]], line).addTo(map);
  }
  for (let east = -7; east <= 3; east += 1) {
    L.polyline([[49, east], [56, east]], line).addTo(map);
  }
}

// Names that would lie over one another are left out until there is room for them.
function drawAreas(L, map, areas) {
  const layer = L.layerGroup().addTo(map);
  const lay = () => {
    layer.clearLayers();
    const taken = [];
    const inside = map.getBounds();
    for (const [name, latitude, longitude] of areas) {
      if (!inside.contains([latitude, longitude])) continue;
      const at = map.latLngToContainerPoint([latitude, longitude]);
      const box = L.bounds([at.x - name.length * 4, at.y - 10], [at.x + name.length * 4, at.y + 14]);
      if (taken.some((each) => each.intersects(box))) continue;
      taken.push(box);
      const words = document.createElement("span");
      words.textContent = name;
      const icon = L.divIcon({ className: "app-map__area", html: words, iconSize: null });
      L.marker([latitude, longitude], { icon, interactive: false, keyboard: false }).addTo(layer);
    }
  };
  map.on("moveend", lay);
  lay();
}

// Markers that would lie over one another are one, which leads nearer to them.
function drawMarkers(L, map, found, places, room) {
  const layer = L.layerGroup().addTo(map);
  const lay = () => {
    layer.clearLayers();
    for (const group of grouped(L, map, places)) {
      const items = group.members.map((index) => found[index]);
      const mark = items.length === 1 ? link(items[0]) : button(items, () => {
        const bounds = L.latLngBounds(group.members.map((index) => places[index]));
        if (map.getZoom() >= map.getMaxZoom() || bounds.getNorthEast().equals(bounds.getSouthWest())) {
          items[0].focus();
          return;
        }
        map.fitBounds(bounds, { ...room, maxZoom: map.getMaxZoom() });
        map.getContainer().focus();
      });
      const icon = L.divIcon({ className: "app-map__place", html: mark, iconSize: null });
      L.marker(map.layerPointToLatLng(group.middle), { icon, keyboard: false }).addTo(layer);
    }
  };
  map.on("zoomend", lay);
  lay();
}

function grouped(L, map, places) {
  let groups = places.map((place, index) => ({
    members: [index],
    middle: map.latLngToLayerPoint(place),
  }));
  for (let changed = true; changed; ) {
    changed = false;
    const kept = [];
    for (const group of groups) {
      const near = kept.find((other) => boxOf(L, other).intersects(boxOf(L, group)));
      if (!near) {
        kept.push(group);
        continue;
      }
      const many = near.members.length + group.members.length;
      near.middle = near.middle
        .multiplyBy(near.members.length)
        .add(group.middle.multiplyBy(group.members.length))
        .divideBy(many);
      near.members.push(...group.members);
      changed = true;
    }
    groups = kept;
  }
  return groups;
}

function boxOf(L, group) {
  const half = L.point(group.members.length > 1 ? 45 : 17, 17);
  return L.bounds(group.middle.subtract(half), group.middle.add(half));
}

// A marker is a link to its entry in the list, with the number that the entry bears too.
function link(item) {
  const made = document.createElement("a");
  made.href = `#${item.id}`;
  made.className = "app-map__marker";
  made.textContent = item.dataset.position;
  made.setAttribute("aria-label", `${item.dataset.position}: ${item.dataset.name}`);
  made.title = item.dataset.name;
  made.addEventListener("click", () => item.focus());
  return made;
}

function button(items, act) {
  const made = document.createElement("button");
  const names = items.map((item) => `${item.dataset.position} ${item.dataset.name}`).join(", ");
  made.type = "button";
  made.className = "app-map__marker";
  made.textContent = `${items.length} places`;
  made.setAttribute("aria-label", `${items.length} places, look nearer: ${names}`);
  made.title = names;
  made.addEventListener("click", act);
  return made;
}

function number(item) {
  const badge = document.createElement("span");
  badge.className = "app-map__marker app-map__marker--listed";
  badge.textContent = item.dataset.position;
  badge.setAttribute("aria-hidden", "true");
  item.querySelector("h3").prepend(badge);
}
