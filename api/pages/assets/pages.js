// Says where the slider stands, and goes there when it is let go of. Without this file its button does.
for (const slider of document.querySelectorAll("input[type=range]")) {
  const said = document.querySelector(`output[for=${slider.id}]`);
  slider.addEventListener("input", () => { said.textContent = slider.value.replace("-", "\u2212"); });
  slider.addEventListener("pointerup", () => slider.form.requestSubmit());
}
