/* The only script a page asks for. An element that names a module is improved by it; everything works without. */
document.documentElement.classList.add("scripted");
for (const element of document.querySelectorAll("[data-module]")) {
  import(element.dataset.module).then((module) => module.default(element));
}
