// Progressive enhancement only: every page works without this file.

// Tell GOV.UK Frontend that it may run. Its page template does this with an inline script, which our
// content security policy refuses; a browser that runs modules is one that it supports.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

// Leave empty fields out of a search's address, so that it is short enough to read and share.
for (const form of document.querySelectorAll("form.app-search")) {
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData.entries()]) {
      if (value === "") event.formData.delete(name);
    }
    if (!event.formData.has("near")) event.formData.delete("within_miles");
  });
}

// The address carries the file's version, so it is read from the page and not written here.
const preload = document.querySelector('link[rel="modulepreload"]');
if (preload) {
  const { initAll } = await import(preload.href);
  initAll();
}
