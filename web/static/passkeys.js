// Asks the device for a passkey, and sends what it answers as an ordinary form.

async function asked(form) {
  const body = new URLSearchParams({ csrf_token: form.elements.csrf_token?.value ?? "" });
  const answer = await fetch(form.dataset.options, { method: "POST", body });
  if (!answer.ok) throw new Error(answer.statusText);
  const options = await answer.json();
  return form.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

const known = window.PublicKeyCredential?.parseCreationOptionsFromJSON && window.PublicKeyCredential.prototype.toJSON;
for (const form of known ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  document.querySelector("[data-otherwise]").hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = form.querySelector("[role=status]");
    said.textContent = "";
    try {
      form.elements.answer.value = JSON.stringify(await asked(form));
      form.submit();
    } catch {
      said.textContent = form.dataset.failed;
    }
  });
}
