// Sends chosen files in pieces that go on after a lost connection or a new visit, with progress; without it the form sends them.

function line(form, file) {
  const row = document.createElement("p");
  const bar = document.createElement("progress");
  const words = document.createElement("span");
  bar.className = "progress";
  bar.max = file.size;
  bar.setAttribute("aria-label", file.name);
  words.setAttribute("role", "status");
  row.append(words, bar);
  form.querySelector(".progress-list").append(row);
  return (sent, said) => {
    bar.value = sent;
    words.textContent = `${file.name}: ${said || `${Math.floor((100 * sent) / file.size)} %`}`;
  };
}

function send(form, file) {
  const show = line(form, file);
  const { to, again, failed } = form.dataset;
  return new Promise((resolve, reject) => {
    const upload = new tus.Upload(file, {
      endpoint: to,
      chunkSize: 16 * 1024 * 1024,
      retryDelays: [0, 1000, 3000, 5000, 10000, 20000, 30000, 60000],
      removeFingerprintOnSuccess: true,
      metadata: { filename: file.name, filetype: file.type },
      headers: { "X-CSRF-Token": form.elements.csrf_token?.value ?? "" },
      onProgress: (sent) => show(sent),
      onShouldRetry: (error) => {
        const status = error.originalResponse ? error.originalResponse.getStatus() : 0;
        show(0, again);
        return status === 0 || status === 409 || status === 423 || status >= 500;
      },
      onError: (error) => { show(0, failed); reject(error); },
      onSuccess: () => { show(file.size); resolve(upload.url.split("/").pop()); },
    });
    upload.findPreviousUploads().then((known) => {
      if (known.length) upload.resumeFromPreviousUpload(known[0]);
      upload.start();
    });
  });
}

function resumable(form) {
  const input = form.querySelector("input[type=file]");
  const list = document.createElement("div");
  list.className = "progress-list";
  input.after(list);
  form.addEventListener("submit", async (event) => {
    if (!input.files.length || form.dataset.ready) return;
    event.preventDefault();
    const button = event.submitter;
    if (button) button.disabled = true;
    list.replaceChildren();
    try {
      for (const file of input.files) {
        const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: "resumed", value: await send(form, file) });
        form.append(hidden);
      }
    } catch {
      form.querySelectorAll("[name=resumed]").forEach((one) => one.remove());
      if (button) button.disabled = false;
      return;
    }
    if (button && button.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
    input.disabled = true;
    form.dataset.ready = "yes";
    form.submit();
  });
}

if (window.tus) document.querySelectorAll("form[data-to]").forEach(resumable);
document.querySelector("[data-module=error-summary]")?.focus();
