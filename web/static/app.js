// Saves steps, never needed: tabs for code samples, buttons that copy code.

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

document.querySelectorAll("[data-tabs]").forEach(tabs);
if (navigator.clipboard) document.querySelectorAll("pre[data-copy]").forEach(copyButton);

// On narrow screens the filters begin folded.
const filters = document.querySelector(".filters");
if (filters && matchMedia("(max-width: 48rem)").matches) filters.open = false;
